/* Actions as text, so that a test says in a line what it expects. */
#include "sql/action.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct arena arena;

static const char *const flag_names[] = {
    "if-exists", "if-not-exists", "or-replace", "cascade", "concurrently", "only", "temporary", "unlogged",
    "on-commit-drop", "unique", "partial", "no-data", "where", "full", "finalize", "default-partition", "placed",
    "local", "reset", "chain", "reads-rows", "enable", "all", "creates-slot", "nowait", "like-all", "volatile",
    "table-if-exists",
};

static inline void add_name(struct str *out, const char *before, struct object_name name)
{
    if (name.name != NULL)
        str_addf(out, "%s%s%s%s", before, name.schema == NULL ? "" : name.schema, name.schema == NULL ? "" : ".", name.name);
}

static inline void add_words(struct str *out, const char *before, const struct strings *words)
{
    for (size_t i = 0; i < words->count; i++)
        str_addf(out, "%s%s", i == 0 ? before : " ", words->at[i] == NULL ? "NULL" : words->at[i]);
}

static inline void add_expression(struct str *out, const struct expression *expression)
{
    if (expression == NULL)
        return;
    if (expression->null)
        str_add(out, " null");
    else if (expression->constant)
        str_add(out, " constant");
    if (expression->opaque)
        str_add(out, " opaque");
    if (expression->cast_to != NULL)
        str_addf(out, " %scast to %s", expression->cast_only ? "" : "constant ", expression->cast_to);
    if (expression->only_comparisons)
        str_add(out, " only");
    vec_each(comparison, &expression->all_of) {
        str_addf(out, "%s %s %s", comparison == expression->all_of.at ? "" : " and", comparison->column, comparison->operator);
        add_words(out, " ", &comparison->values);
    }
    vec_each(comparison, &expression->any_of) {
        str_addf(out, " or %s %s", comparison->column, comparison->operator);
        add_words(out, " ", &comparison->values);
    }
    if (!expression->cast_only && !expression->only_comparisons)
        add_words(out, " columns ", &expression->columns);
    vec_each(call, &expression->calls)
        str_addf(out, "%s %s", call == expression->calls.at ? " calls" : "", call->name);
}

/* The text behind a blank, between braces. */
static inline void add_braced(struct str *out, const struct expression *expression)
{
    struct str inner = str_new(&arena);
    add_expression(&inner, expression);
    if (inner.length > 0)
        str_addf(out, " {%s}", inner.at + 1);
}

static inline void add_type(struct str *out, const struct type_name *type)
{
    add_name(out, " ", (struct object_name){type->schema, type->name});
    for (int i = 0; i < type->modifier_count; i++)
        str_addf(out, "%s%d%s", i == 0 ? "(" : ", ", type->modifiers[i], i + 1 == type->modifier_count ? ")" : "");
    for (int i = 0; i < type->dimensions; i++)
        str_add(out, "[]");
}

static inline void add_constraint(struct str *out, const struct constraint_def *constraint)
{
    static const char *const kinds[] = {"CHECK", "FOREIGN KEY", "UNIQUE", "PRIMARY KEY", "EXCLUDE", "NOT NULL"};
    str_addf(out, " {%s", kinds[constraint->kind]);
    add_words(out, " (", &constraint->columns);
    str_add(out, constraint->columns.count > 0 ? ")" : "");
    add_expression(out, constraint->check);
    add_name(out, " references ", constraint->referenced);
    add_words(out, " (", &constraint->referenced_columns);
    str_add(out, constraint->referenced_columns.count > 0 ? ")" : "");
    str_add(out, constraint->on_delete_cascade ? " cascade" : "");
    str_add(out, constraint->not_valid ? " not valid" : "");
    if (constraint->using_index != NULL)
        str_addf(out, " using %s", constraint->using_index);
    str_add(out, "}");
}

static inline void add_columns(struct str *out, const struct action *action)
{
    vec_each(column, &action->columns) {
        str_addf(out, "%s%s", column == action->columns.at ? " (" : ", ", column->name);
        add_type(out, &column->type);
        str_add(out, column->not_null ? " not null" : "");
        if (column->default_value != NULL)
            str_add(out, " default");
        add_expression(out, column->default_value);
        if (column->identity != 0)
            str_addf(out, " identity %c", column->identity);
        if (column->generated != GENERATED_NOT)
            str_add(out, column->generated == GENERATED_STORED ? " stored" : " virtual");
        add_expression(out, column->generated_from);
        vec_each(constraint, &column->constraints)
            add_constraint(out, constraint);
    }
    str_add(out, action->columns.count > 0 ? ")" : "");
    vec_each(constraint, &action->constraints)
        add_constraint(out, constraint);
}

static inline void add_keys(struct str *out, const struct action *action)
{
    vec_each(key, &action->keys) {
        str_addf(out, " key%s%s", key->column == NULL ? "" : " ", key->column == NULL ? "" : key->column);
        add_braced(out, key->expression);
    }
    add_words(out, " include ", &action->including);
    if (action->partition_by != 0)
        str_addf(out, " by %c", action->partition_by);
    if (action->bound.strategy != 0)
        str_addf(out, " bound %c%s", action->bound.strategy, action->bound.understood ? "" : "?");
    add_words(out, " values ", &action->bound.values);
    add_words(out, " from ", &action->bound.from);
    add_words(out, " to ", &action->bound.to);
    vec_each(parent, &action->parents)
        add_name(out, " parent ", *parent);
}

static inline void add_uses(struct str *out, const struct action *action)
{
    if (action->lock != LOCK_NONE)
        str_addf(out, " %s", lock_mode_names[action->lock]);
    vec_each(use, &action->uses) {
        add_name(out, " use ", use->name);
        str_addf(out, " %s", lock_mode_names[use->lock]);
    }
    vec_each(call, &action->calls)
        str_addf(out, "%s %s", call == action->calls.at ? " calls" : "", call->name);
}

static inline void add_action(struct str *out, const struct action *action)
{
    static const char *const places[] = {"", "do: ", "branch: ", "body: "};
    str_addf(out, "%s%s", places[action->place], action_kind_names[action->kind]);
    str_addf(out, "%s%s", action->object == OBJECT_NONE ? "" : " ", object_kind_names[action->object]);
    add_name(out, " ", action->name);
    add_name(out, " of ", action->table);
    for (size_t i = 0; i < sizeof(flag_names) / sizeof(*flag_names); i++)
        if (action->flags & 1U << i)
            str_addf(out, " %s", flag_names[i]);
    add_words(out, " names ", &action->names);
    if (action->column != NULL)
        str_addf(out, " column %s", action->column);
    if (action->text != NULL)
        str_addf(out, " '%s'", action->text);
    if (action->text2 != NULL)
        str_addf(out, " \"%s\"", action->text2);
    add_type(out, &action->type);
    add_braced(out, action->expression);
    add_keys(out, action);
    add_columns(out, action);
    add_uses(out, action);
}

/* The actions of a text without the END, a line for each. */
static inline const char *action_text(const struct actions *actions)
{
    struct str out = str_new(&arena);
    for (size_t i = 0; i + 1 < actions->count; i++) {
        str_add(&out, i == 0 ? "" : "\n");
        add_action(&out, &actions->at[i]);
    }
    return out.length == 0 ? "" : out.at;
}

/* What a text says instead of what is expected; NULL: just that. */
static inline const char *difference(const char *sql, const char *expected)
{
    struct actions actions = {0};
    struct action_faults faults = {0};
    actions_read(&arena, sql, strlen(sql), &actions, &faults);
    if (faults.count > 0)
        return arena_printf(&arena, "%s: %s", sql, faults.at[0].message);
    assert_int_equal(actions.at[actions.count - 1].kind, ACTION_END);
    const char *text = action_text(&actions);
    return strcmp(text, expected) == 0 ? NULL : arena_printf(&arena, "%s\n  is        %s\n  should be %s", sql, text, expected);
}

struct action_case {
    const char *sql, *actions;
};

static inline void assert_cases(const struct action_case *cases, size_t count)
{
    struct str wrong = str_new(&arena);
    for (size_t i = 0; i < count; i++) {
        const char *text = difference(cases[i].sql, cases[i].actions);
        if (text != NULL)
            str_addf(&wrong, "%s\n", text);
    }
    if (wrong.length > 0)
        fail_msg("%s", wrong.at);
}
