/* Documentation of several environments: what doc*.c share about them. */
#ifndef WRITE_DOC_VARIANT_H
#define WRITE_DOC_VARIANT_H

#include "model/variants.h"
#include "text/data.h"

struct doc;

/* What pages of services and the index say about a migration. */
struct doc_summary {
    const char *text, *risk;
};

/* What a table of a service is, in another environment. */
struct doc_fact {
    const char *subject;   /* one of which a table has one: a column, its primary key; NULL: of which it may have more */
    const char *text;
};
VEC(doc_fact_list, struct doc_fact);

struct doc_facts {
    const char *table, *partitioned;       /* by what; NULL: it is not */
    struct doc_fact_list facts;
};
VEC(doc_tables, struct doc_facts);

/* What is known of an environment when the pages of services are written. */
struct doc_variant {
    const struct variant *variant;
    struct doc_summary *summaries;         /* as in doc */
    struct doc_tables *tables;             /* by number of the service */
};

/* A migration in the list of all environments'; of what several have in their own way, the first stands for all. */
struct doc_row {
    const struct migration *migration, *before;
    size_t variant;
};
VEC(doc_rows, struct doc_row);

/* doc_environment.c: migrations that not every environment has. */
size_t doc_variant_count(const struct doc *doc);
const char *doc_environment(const struct doc *doc, const struct service *service); /* whose schema is shown; NULL: all are the same */
void doc_set_environments(struct doc *doc, struct data *map, const char *key, const struct migration *migration, bool also_here);
const struct migration *doc_own(const struct variant *variant, const struct migration *migration); /* of the same version and
                                                name, among the variant's own; NULL: none */
struct doc_rows doc_rows(struct doc *doc, const struct service *service); /* by version */
void doc_add_needed_by(struct doc *doc, struct data *list, const struct migration *migration); /* in further environments */

/* doc_difference.c: how the schemas of environments differ. */
void doc_note_schemas(struct doc *doc);    /* of a further environment, when it is replayed */
struct data *doc_differences(struct doc *doc, const struct service *service);

#endif
