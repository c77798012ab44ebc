/*
 * References between migrations, collected while services are read and resolved when all are, since they
 * cross services.
 */
#ifndef MODEL_REFERENCE_H
#define MODEL_REFERENCE_H

#include "model/catalog.h"

/* "migration needs `text` of `service`", as written; or, for an implied one, the target itself. */
struct reference {
    struct migration *migration;
    struct migration *target;     /* NULL: to be found by text */
    const char *service;          /* NULL: the migration's own */
    const char *text;
    struct place place;
};
VEC(reference_list, struct reference);

struct references {
    struct arena *scratch;        /* holds the list until it is resolved */
    struct reference_list list;   /* in the order in which it was read */
};

/* Fills needs and needed_by of all migrations.  What leads nowhere, or to itself, is a finding. */
void reference_link(struct arena *arena, const struct catalog *catalog, struct references *references,
                    struct findings *findings);

#endif
