/* Where the pages of a site lie, as paths and as links. */
#ifndef WRITE_SITE_PLACE_H
#define WRITE_SITE_PLACE_H

#include "model/service.h"

/* The folder of a service: its name, with what a file name or a link could misunderstand written as ~3f. */
const char *site_place_folder(struct arena *arena, const struct service *service);

/* Links; `from` is the folder of the page that they stand in, "" for the index. */
const char *site_place_service(struct arena *arena, const struct service *service, const char *from);
const char *site_place_migration(struct arena *arena, const struct migration *migration, const char *from);

/* A text as part of a path and of a link. */
const char *site_place_name(struct arena *arena, const char *text);

#endif
