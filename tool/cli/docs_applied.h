/* What the databases say about when and where migrations were applied. */
#ifndef CLI_DOCS_APPLIED_H
#define CLI_DOCS_APPLIED_H

#include "cli/command.h"
#include "write/doc.h"

struct docs_applied {
    const struct catalog *catalog;        /* of the environment that was asked */
    struct doc_applications *by_number;   /* of the migration in its order */
};

int docs_applied_read(struct run *run, struct docs_applied *applied, struct err *err);

/* Of a migration in whichever catalog of the repository; NULL: the environment that was asked does not have it. */
const struct doc_applications *docs_applied_find(const struct docs_applied *applied, const struct migration *migration);

#endif
