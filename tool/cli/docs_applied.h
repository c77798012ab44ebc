/* What the databases say about when and where migrations were applied. */
#ifndef CLI_DOCS_APPLIED_H
#define CLI_DOCS_APPLIED_H

#include "cli/command.h"
#include "write/doc.h"

struct docs_applied {
    struct doc_applications *by_number;   /* of the migration in the catalog's order */
};

int docs_applied_read(struct run *run, struct docs_applied *applied, struct err *err);

#endif
