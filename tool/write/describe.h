/* What actions do, in words. */
#ifndef WRITE_DESCRIBE_H
#define WRITE_DESCRIBE_H

#include "base/map.h"
#include "write/phrase.h"
#include "review/situation.h"

/*
 * The pattern of an action's sentence: the first row that fits counts.  The values that a pattern may ask for are those
 * of describe_value.c.
 */
struct describe_row {
    enum action_kind kind;
    enum object_kind object;   /* OBJECT_NONE: any */
    unsigned with, without;    /* flags */
    const char *pattern;       /* NULL: nothing that need be told */
};
extern const struct describe_row describe_rows[]; /* ends with ACTION_END */

/* Adds the sentence of an action, before it is applied; none for what only happens when a function is called. */
void describe_action(struct arena *arena, const struct situation *situation, struct phrases *phrases);

/*
 * Adds what an action in the body of a called function does to the sentence of its call, the last one ("f drops the
 * table t"); what is in `told` already is not said again.
 */
void describe_called(struct arena *arena, const struct situation *situation, struct phrases *phrases, struct map *told);

/* How well a sentence about the action says what a migration is about. */
enum { WEIGHT_NONE, WEIGHT_MINOR, WEIGHT_PART, WEIGHT_COUNTS };
int describe_weight(const struct situation *situation);

/* The heaviest sentence, and how many more there are: "Creates the table a.t, and 2 more changes."  "": there is none. */
const char *describe_summary(struct arena *arena, const struct phrases *phrases);

/* What a value of a pattern says: those of describe_value.c. */
struct describing {
    const struct situation *situation;
    const struct column_def *column;         /* at hand; NULL: the action's */
    const struct constraint_def *constraint; /* at hand; NULL: the action's */
};
phrase_value describe_value;

/* "shop.orders": the name as it is meant where the situation is. */
const char *describe_name(struct arena *arena, const struct situation *situation, const struct object_name *name);

/* "shop.f", quoted where it must be; NULL: it has no name. */
const char *describe_function(struct arena *arena, const struct object_name *name);

/* "orders(customer_id, created_at DESC)": columns and expressions of an index. */
const char *describe_keys(struct arena *arena, const struct key_parts *keys);
const char *describe_bound(struct arena *arena, const struct partition_bound *bound, bool is_default);
const char *describe_names(struct arena *arena, const struct strings *names);

/* SQL without secrets, as a text of at most so many bytes; what is longer ends with "…", best where a part of a condition ends. */
const char *describe_cut(struct arena *arena, const char *text, size_t most);

#endif
