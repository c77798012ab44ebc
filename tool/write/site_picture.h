/* The pictures of a site; for site*.c alone.  They work in `arena`, which may be released behind the page. */
#ifndef WRITE_SITE_PICTURE_H
#define WRITE_SITE_PICTURE_H

#include "model/catalog.h"
#include "text/data.h"
#include "text/picture.h"

/* Services, and which needs which.  Nothing where there is only one, or where none needs another. */
void site_picture_services(struct arena *arena, const struct catalog *catalog, struct str *out);

/*
 * The migrations of a service in their order, with those of other services that they need or are needed by.  Where it
 * has many, runs of those that nothing leads out of are one box.  Nothing where the order is one row, or where even so
 * it would be too large to read.
 */
void site_picture_migrations(struct arena *arena, const struct service *service, struct str *out);

/* One migration between those that it needs and those that need it; nothing where it stands alone. */
void site_picture_neighbours(struct arena *arena, const struct migration *migration, struct str *out);

/*
 * Tables (a list as pages of services have it) with their columns, and the foreign keys between them.  Where there are
 * many, only tables with foreign keys, then only their keys.  `elsewhere`: their places are on other pages.
 * Returns what is left out, as a sentence; NULL: nothing.
 */
const char *site_picture_entities(struct arena *arena, const struct data *tables, bool elsewhere, struct str *out);

#endif
