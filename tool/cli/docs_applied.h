/* What the databases say about when and where migrations were applied. */
#ifndef CLI_DOCS_APPLIED_H
#define CLI_DOCS_APPLIED_H

#include "cli/command.h"
#include "write/doc.h"

struct docs_applied {
    const struct catalog *catalog;        /* of the environment that was asked */
    const char *(*page)(struct arena *arena, void *context, const struct migration *migration); /* where Markdown says what
                                             is known of other environments; NULL: nowhere */
    void *context;
    struct arena scratch;                 /* of the migration that was asked for last */
    struct doc_applications *by_number;   /* of the migration in its order */
};

int docs_applied_read(struct run *run, struct docs_applied *applied, struct err *err);

/* Of a migration in whichever catalog of the repository, by environment; valid until the next one is asked for. */
const struct doc_applications *docs_applied_find(struct docs_applied *applied, const struct migration *migration);

void docs_applied_close(struct docs_applied *applied);

#endif
