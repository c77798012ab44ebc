/* Documentation on its way: what doc_*.c share. */
#ifndef WRITE_DOCING_H
#define WRITE_DOCING_H

#include "write/describe.h"
#include "write/doc.h"
#include "write/doc_compare.h"
#include "write/doc_fate.h"
#include "write/doc_fault.h"
#include "write/doc_lock.h"
#include "write/doc_variant.h"
#include "review/risk.h"
#include "review/undeclared.h"
#include "sql/script.h"

/* A relation that a half works on. */
struct doc_touch {
    const char *schema, *name;      /* schema NULL: not known */
    const struct service *service;  /* that made it; NULL: not known */
};
VEC(doc_touches, struct doc_touch);

/* Values that a half writes into rows that were there; no column: nobody knows which. */
struct doc_change {
    const char *table;
    struct strings columns;
};
VEC(doc_changes, struct doc_change);

/* What is known of one half of the migration at hand. */
struct doc_half {
    bool there, transaction;
    const char *why;             /* it is not one transaction */
    char checksum[65];
    const char *sql;             /* NULL: nobody asks */
    struct phrases does;
    struct map told;             /* what they say of called functions */
    struct risk risk;
    struct doc_faults faults;
    struct doc_lock_book locks;
    struct doc_changes changed;  /* rows that are updated */
    struct strings filled, emptied; /* relations that are inserted into, and whose rows go */
    struct strings swept;        /* of those: rows that go with others, by CASCADE */
    struct map gone;             /* "table.column" of columns that are dropped */
    struct phrases stays;        /* what a down half can hardly take back, or loses itself */
    bool dynamic;                /* it runs SQL that is not known here */
};

struct doc {
    const struct doc_request *request;     /* its catalog is the one that is replayed */
    struct arena *arena;         /* of the whole */
    struct arena page;           /* of the page at hand */
    const char *path;            /* of the page at hand: links start there */
    const char *here;            /* the working directory */
    struct doc_half halves[2];   /* by direction */
    struct doc_touches touches;
    const struct doc_fates *fates;         /* of what migrations make, in the first variant */
    const struct schema *schema;           /* of the migration at hand; NULL: no statement was seen */
    struct doc_befores befores;
    struct phrases differences;            /* between before up and after down */
    bool compared;
    struct undeclareds undeclareds;
    struct doc_summary *summaries;         /* by number in the catalog's order */
    struct findings findings;              /* of the replay */
    size_t judged;                         /* of them, by doc_faults */
    struct migration_refs obscure;         /* whose up half is not understood as a whole */
    struct doc_variant *variants;          /* as many as the request has */
    size_t variant;                        /* the one that is replayed */
    struct map own;                        /* of a further environment: the files of its own migrations */
    const struct schema **schemas;         /* by number of the service; NULL: it has no migrations */
    struct err *err;
    bool failed;
};

/* doc_migration.c: the halves at hand, as they are seen; then the page. */
void doc_see(struct doc *doc, const struct situation *situation);
void doc_called(struct doc *doc, const struct situation *situation); /* in the body of a function that is called */
void doc_half(struct doc *doc, const struct subject *subject, const struct script *script);
struct data *doc_migration(struct doc *doc, const struct migration *migration);
void doc_note_rows(struct doc *doc, const struct situation *situation);      /* doc_rows.c */
void doc_add_rows_left(struct doc *doc, struct phrases *phrases);            /* what both halves leave of them */
bool doc_was_there(const struct situation *situation, const struct relation *relation); /* so that somebody can wait for it */
bool doc_has_own_page(const struct relation *relation);

/* Pages of services and the index. */
struct data *doc_service(struct doc *doc, const struct service *service);
struct data *doc_index(struct doc *doc);

/* doc_name.c: short forms that stand on many pages, with links from the page at hand. */
const char *doc_link(const struct doc *doc, struct arena *arena, const char *path);
const char *doc_title(struct arena *arena, const char *name);
struct data *doc_repository(struct doc *doc);
struct data *doc_service_data(struct doc *doc, const struct service *service);
struct data *doc_migration_data(struct doc *doc, const struct migration *migration, const struct service *from);
/* Lists of migrations: what is declared, then what is not, with `undeclared`, the name that is used. */
struct data *doc_needs(struct doc *doc, const struct migration *migration, const struct migration *left_out);
struct data *doc_needed_by(struct doc *doc, const struct migration *migration);
struct data *doc_phrases(struct doc *doc, const struct phrases *phrases);
const char *doc_description(const struct migration *migration); /* as declared; NULL: none, or none but its name */

/* doc_table.c: what a service's schema holds in the end. */
const struct service *doc_owner(const struct doc *doc, const struct relation *relation);
struct relation_refs doc_relations(struct doc *doc, const struct service *service); /* sorted by name */
struct data *doc_table(struct doc *doc, const struct service *service, const struct relation *relation);

/* doc_entities.c, doc_mermaid.c: diagrams.  Mermaid refuses more than 500 arrows or 50,000 characters. */
enum { DOC_MOST_ARROWS = 500, DOC_MOST_CHARACTERS = 49000 };
void doc_add_label(struct str *out, const char *text);   /* as Mermaid has it */
struct data *doc_entities(struct doc *doc, const struct service *service, const struct relation_refs *relations);
struct data *doc_graph(struct doc *doc, const struct migrations *migrations, const struct service *service);
struct data *doc_service_graph(struct doc *doc);

/* doc_routine.c: functions, procedures and sequences; triggers and policies of a table. */
struct data *doc_routines(struct doc *doc, const struct service *service);
struct data *doc_attached(struct doc *doc, const struct service *service, const struct relation *relation);

#endif
