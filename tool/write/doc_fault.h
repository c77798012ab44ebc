/* What is not understood of migrations, and what pages say about that. */
#ifndef WRITE_DOC_FAULT_H
#define WRITE_DOC_FAULT_H

#include "model/migration.h"
#include "model/service.h"
#include "text/data.h"

struct doc;
struct doc_half;

/* A part of a half that is not understood. */
struct doc_fault {
    int line;                    /* 0: it is about the half as a whole */
    const char *text;
};
VEC(doc_faults, struct doc_fault);

void doc_faults(struct doc *doc, const struct migration *migration);        /* of the migration at hand */
const char *doc_risk_name(const struct doc_half *half);                     /* "unknown": there is no saying */
struct data *doc_faults_data(struct doc *doc);                              /* of the migration at hand */
void doc_set_obscure(struct doc *doc, struct data *page, const struct service *service); /* NULL: of all services */

#endif
