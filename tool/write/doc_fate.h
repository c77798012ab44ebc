/*
 * What became of tables and views in the end: a page that tells of their earlier days links to what there is now.
 *
 * All up halves are replayed for it, before any page is made, unless no text takes a name away.
 */
#ifndef WRITE_DOC_FATE_H
#define WRITE_DOC_FATE_H

#include "base/map.h"
#include "model/catalog.h"

/* Of a name under which a service made a relation. */
struct doc_fate {
    const char *schema, *name;           /* its name in the end; NULL: no page shows it */
    const struct migration *dropped_by;  /* the last that dropped it; NULL: none that is known */
};

struct doc_fates {
    struct map by_name;
    bool kept;                           /* whatever is made is still there, under its name */
};

/* Everything lives in the arena.  `always`: whatever the texts say. */
void doc_fates_find(struct arena *arena, const struct catalog *catalog, bool always, struct doc_fates *fates);

/* NULL: it is there as it was made. */
const struct doc_fate *doc_fate(const struct doc_fates *fates, const struct service *service, const char *schema,
                                const char *name);

#endif
