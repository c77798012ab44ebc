/* What a down half leaves behind, and what it does not make again: the schema before up against that after down. */
#ifndef WRITE_DOC_COMPARE_H
#define WRITE_DOC_COMPARE_H

#include "review/situation.h"
#include "review/use.h"

struct doc;

/* Something that an up half makes, changes or takes away, as it was before. */
struct doc_before {
    enum use_class class;
    const char *schema, *name;
    bool existed;
    struct relation relation;       /* of USE_RELATION, when it existed: with its columns and constraints */
    struct strings indexes;         /* their names */
};
VEC(doc_befores, struct doc_before);

/* Notes what an action of the up half may change, before it is applied. */
void doc_note_before(struct doc *doc, const struct situation *situation);

/* The schema is as after the down half: the sentences about what is not as it was are the doc's `differences`. */
void doc_compare(struct doc *doc);

#endif
