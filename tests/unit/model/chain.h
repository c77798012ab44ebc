/* A chain of SQL texts on a simulated schema, and short questions about what came of it. */
#ifndef TESTS_CHAIN_H
#define TESTS_CHAIN_H

#include "base/str.h"
#include "schema/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct chain {
    struct arena arena;
    struct schema schema;
};

static inline void chain_open(struct chain *chain, int server_version)
{
    *chain = (struct chain){0};
    schema_init(&chain->schema, &chain->arena, NULL, server_version);
}

static inline void chain_close(struct chain *chain)
{
    arena_release(&chain->arena);
}

static inline void chain_apply(struct chain *chain, const char *sql, enum action_place place)
{
    struct arena scratch = {0};
    struct actions actions = {0};
    struct action_faults faults = {0};
    actions_read(&scratch, sql, strlen(sql), &actions, &faults);
    if (faults.count > 0)
        fail_msg("%s: %s", sql, faults.at[0].message);
    vec_each(action, &actions) {
        if (place != PLACE_STATEMENT && action->kind != ACTION_END)
            action->place = place;
        schema_apply(&chain->schema, action);
    }
    arena_release(&scratch);
}

/* Each text is one file of the chain; it has to parse. */
static inline void chain_run(struct chain *chain, const char *sql)
{
    chain_apply(chain, sql, PLACE_STATEMENT);
}

/* It may happen or not. */
static inline void chain_doubt(struct chain *chain, const char *sql)
{
    chain_apply(chain, sql, PLACE_BRANCH);
}

/* "schema.name", or a name. */
static inline struct object_name chain_name(struct chain *chain, const char *text)
{
    const char *dot = strchr(text, '.');
    struct object_name name = {NULL, text};
    if (dot != NULL)
        name = (struct object_name){arena_strndup(&chain->arena, text, (size_t)(dot - text)), dot + 1};
    return name;
}

static inline struct relation *chain_relation(struct chain *chain, const char *text)
{
    struct object_name name = chain_name(chain, text);
    return schema_relation(&chain->schema, &name);
}

static inline const char *truth_word(enum truth truth)
{
    static const char *const words[] = {[TRUTH_UNKNOWN] = "unknown", [TRUTH_NO] = "no", [TRUTH_YES] = "yes"};
    return words[truth];
}

static inline void add_list(struct str *out, const char *open, const struct strings *strings)
{
    str_add(out, open);
    vec_each(text, strings)
        str_addf(out, "%s%s", text == strings->at ? "" : ",", *text);
    str_add(out, ")");
}

static inline void describe_columns(struct str *out, const struct relation *relation)
{
    vec_each(column, &relation->columns)
        if (!column->dropped)
            str_addf(out, " %s:%s%s%s%s%s", column->name, column->type.name == NULL ? "?" : column->type.name,
                     column->not_null == TRUTH_YES ? "!" : column->not_null == TRUTH_UNKNOWN ? "?" : "",
                     column->has_default ? "=" : "", column->identity ? "#" : "",
                     column->generated != GENERATED_NOT ? "~" : "");
}

static inline void describe_constraints(struct str *out, const struct relation *relation)
{
    bool any = false;
    vec_each(constraint, &relation->constraints) {
        if (constraint->dropped)
            continue;
        str_addf(out, "%s %s", any ? "" : " |", constraint->name);
        any = true;
        if (constraint->understood == TRUTH_YES)
            add_list(out, "(", &constraint->columns);
        if (constraint->referenced != NULL)
            str_addf(out, ">%s", constraint->referenced->name);
        if (constraint->valid != TRUTH_YES)
            str_addf(out, "[%s]", truth_word(constraint->valid));
    }
}

static inline void describe_refs(struct str *out, const char *word, const struct relation_refs *refs)
{
    for (size_t i = 0; i < refs->count; i++)
        str_addf(out, "%s%s", i == 0 ? word : ",", refs->at[i]->name);
}

/*
 * One line about a relation: "t: a:int4!= b:text | t_pkey(a) t_b_check(b)[no] | indexes t_pkey".
 * Columns have ! NOT NULL, ? unknown, = default, # identity, ~ generated; "?" behind the name: not complete.
 */
static inline const char *describe(struct arena *arena, const struct relation *relation)
{
    struct str out = str_new(arena);
    if (relation == NULL)
        return "none";
    str_addf(&out, "%s%s:", relation->name, relation->complete ? "" : "?");
    describe_columns(&out, relation);
    describe_constraints(&out, relation);
    describe_refs(&out, " | indexes ", &relation->indexes);
    describe_refs(&out, " | partitions ", &relation->partitions);
    describe_refs(&out, " | sequences ", &relation->sequences);
    describe_refs(&out, " | views ", &relation->views);
    describe_refs(&out, " | referencing ", &relation->referencing);
    describe_refs(&out, " | children ", &relation->children);
    return out.at;
}

#endif
