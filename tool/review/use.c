#include "review/use.h"

#include "base/str.h"
#include "sql/grammar.h"
#include "sql/volatility.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LENGTH(table) (sizeof(table) / sizeof((table)[0]))

/* Collecting one action's. */
struct collecting {
    struct arena *arena;
    const struct action *action;
    struct uses *uses;
    bool certain;
};

static const char *const own_types[] = { /* sorted */
    "anyarray", "anyelement", "bigserial", "bit", "bool", "box", "bpchar", "bytea", "char", "cidr", "circle", "citext",
    "date", "event_trigger", "float4", "float8", "hstore", "inet", "int2", "int4", "int4range", "int8", "int8range",
    "internal", "interval", "json", "jsonb", "jsonpath", "line", "lseg", "ltree", "macaddr", "macaddr8", "money",
    "name", "numeric", "numrange", "oid", "path", "pg_lsn", "point", "polygon", "record", "regclass", "regproc",
    "regtype", "serial", "serial2", "serial4", "serial8", "smallserial", "text", "time", "timestamp", "timestamptz",
    "timetz", "trigger", "tsquery", "tsrange", "tstzrange", "tsvector", "uuid", "varbit", "varchar", "void", "xid",
    "xml"};

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

enum use_class use_class_of(enum object_kind object)
{
    static const enum use_class classes[OBJECT_KINDS] = {
        [OBJECT_TABLE] = USE_RELATION,         [OBJECT_VIEW] = USE_RELATION,  [OBJECT_MATERIALIZED_VIEW] = USE_RELATION,
        [OBJECT_FOREIGN_TABLE] = USE_RELATION, [OBJECT_INDEX] = USE_RELATION, [OBJECT_SEQUENCE] = USE_RELATION,
        [OBJECT_COLUMN] = USE_RELATION,        [OBJECT_TYPE] = USE_TYPE,      [OBJECT_DOMAIN] = USE_TYPE,
        [OBJECT_FUNCTION] = USE_FUNCTION};
    return classes[object];
}

enum use_class use_made(const struct action *action)
{
    static const enum use_class made[ACTION_KINDS] = {
        [ACTION_CREATE_TABLE] = USE_RELATION,         [ACTION_CREATE_TABLE_AS] = USE_RELATION,
        [ACTION_CREATE_VIEW] = USE_RELATION,          [ACTION_CREATE_MATERIALIZED_VIEW] = USE_RELATION,
        [ACTION_CREATE_FOREIGN_TABLE] = USE_RELATION, [ACTION_CREATE_SEQUENCE] = USE_RELATION,
        [ACTION_CREATE_INDEX] = USE_RELATION,         [ACTION_CREATE_ENUM] = USE_TYPE,
        [ACTION_CREATE_DOMAIN] = USE_TYPE,            [ACTION_CREATE_TYPE] = USE_TYPE,
        [ACTION_CREATE_FUNCTION] = USE_FUNCTION};
    bool temporary = (action->flags & FLAG_TEMPORARY) != 0 ||
                     (action->name.schema != NULL && strcmp(action->name.schema, "pg_temp") == 0);
    return temporary || action->name.name == NULL ? USE_NONE : made[action->kind];
}

bool use_is_made_again(const struct action *dropped, const struct actions *actions, size_t number)
{
    for (size_t i = number + 1; dropped->name.name != NULL && i < actions->count; i++) {
        const struct action *action = &actions->at[i];
        if (action->kind <= ACTION_CREATE_OTHER && action->object == dropped->object && action->place != PLACE_BODY &&
            (action->flags & FLAG_TEMPORARY) == 0 && str_same(action->name.name, dropped->name.name) &&
            (use_class_of(action->object) != USE_NONE || str_same(action->table.name, dropped->table.name)))
            return true;
    }
    return false;
}

/* Actions that look at a relation, or change what stands beside it: its definition and its rows stay. */
static bool leaves_as_is(enum action_kind kind)
{
    static const bool kinds[ACTION_KINDS] = {
        [ACTION_SELECT] = true, [ACTION_COMMENT] = true, [ACTION_GRANT] = true, [ACTION_ANALYZE] = true,
        [ACTION_VACUUM] = true, [ACTION_LOCK] = true,    [ACTION_COPY] = true,  [ACTION_OWNER] = true};
    return kinds[kind];
}

static void add(const struct collecting *collecting, struct use use)
{
    if (use.name.name == NULL)
        return;
    use.certain = use.certain && collecting->certain;
    *vec_add(collecting->arena, collecting->uses) = use;
}

static void add_relation(const struct collecting *collecting, struct object_name name, size_t at, bool touches,
                         bool alters)
{
    add(collecting, (struct use){USE_RELATION, name, at, touches, alters, true});
}

static void add_type(const struct collecting *collecting, const struct type_name *type)
{
    bool own = type->schema == NULL ? type->name != NULL && bsearch(&type->name, own_types, LENGTH(own_types),
                                                                    sizeof(own_types[0]), compare_names) != NULL
                                    : strcmp(type->schema, "pg_catalog") == 0;
    if (!own)
        add(collecting, (struct use){USE_TYPE, {type->schema, type->name}, type->at, false, false, true});
}

static void add_calls(const struct collecting *collecting, const struct calls *calls)
{
    vec_each(call, calls)
        if (volatility_of(call->schema, call->name, call->arguments, grammar_major) == TRUTH_UNKNOWN)
            add(collecting,
                (struct use){USE_FUNCTION, {call->schema, call->name}, call->at, false, false, call->schema != NULL});
}

static void add_expression(const struct collecting *collecting, const struct expression *expression)
{
    if (expression != NULL)
        add_calls(collecting, &expression->calls);
}

static void add_constraints(const struct collecting *collecting, const struct constraint_defs *constraints)
{
    vec_each(constraint, constraints) {
        add_relation(collecting, constraint->referenced, constraint->at, true, false);
        add_expression(collecting, constraint->check);
    }
}

static void add_columns(const struct collecting *collecting, const struct column_defs *columns)
{
    vec_each(column, columns) {
        add_type(collecting, &column->type);
        add_expression(collecting, column->default_value);
        add_expression(collecting, column->generated_from);
        add_constraints(collecting, &column->constraints);
    }
}

/* Triggers, rules, policies and constraints have names of their own, within their table. */
static bool belongs_to_table(const struct action *action)
{
    return action->object == OBJECT_TRIGGER || action->object == OBJECT_RULE || action->object == OBJECT_POLICY ||
           (action->object == OBJECT_CONSTRAINT && action->table.name != NULL);
}

/* IF EXISTS, said of what the action is about; a few kinds have their own for a column or a constraint. */
static bool may_be_missing(const struct action *action)
{
    bool of_part = action->kind == ACTION_ADD_COLUMN || action->kind == ACTION_DROP_COLUMN ||
                   action->kind == ACTION_DROP_CONSTRAINT || action->kind == ACTION_DROP_EXPRESSION ||
                   action->kind == ACTION_DROP_IDENTITY;
    return (action->flags & (of_part ? FLAG_TABLE_IF_EXISTS : FLAG_IF_EXISTS)) != 0;
}

static void add_name(const struct collecting *collecting)
{
    const struct action *action = collecting->action;
    enum use_class class = action->object == OBJECT_CONSTRAINT ? USE_RELATION : use_class_of(action->object);
    if (use_made(action) != USE_NONE || class == USE_NONE || (action->flags & FLAG_TEMPORARY) != 0 ||
        action->kind == ACTION_CREATE_OTHER || belongs_to_table(action))
        return;
    add(collecting, (struct use){class, action->name, action->name_at, action->kind != ACTION_SELECT,
                                 !leaves_as_is(action->kind), !may_be_missing(action)});
}

/* CREATE TABLE (LIKE source) reads it; a partition changes its parent. */
static void add_table(const struct collecting *collecting)
{
    const struct action *action = collecting->action;
    bool like = action->kind == ACTION_CREATE_TABLE && action->bound.strategy == 0 &&
                (action->flags & FLAG_DEFAULT_PARTITION) == 0;
    if (!may_be_missing(action))
        add_relation(collecting, action->table, action->name_at, !like, !like && !leaves_as_is(action->kind));
}

/* What is only kept for later: a function's body, a rule's actions, what is prepared or explained. */
static bool runs_later(enum action_kind kind)
{
    return kind == ACTION_CREATE_FUNCTION || kind == ACTION_CREATE_RULE || kind == ACTION_OTHER;
}

/* Of functions, only those of SQL have their bodies looked at when they are made. */
static void add_uses(const struct collecting *collecting)
{
    const struct action *action = collecting->action;
    bool late = action->kind == ACTION_CREATE_FUNCTION &&
                (action->text == NULL || strcasecmp(action->text, "sql") != 0);
    vec_each(use, &action->uses) {
        bool writes = use->lock >= LOCK_ROW_EXCLUSIVE;
        add(collecting,
            (struct use){USE_RELATION, use->name, use->at, writes, writes && !runs_later(action->kind), !late});
    }
}

void uses_of(struct arena *arena, const struct action *action, struct uses *uses)
{
    struct collecting collecting = {arena, action, uses, action->place != PLACE_BRANCH};
    if (action->place == PLACE_BODY)
        return;
    add_name(&collecting);
    add_table(&collecting);
    add_uses(&collecting);
    vec_each(parent, &action->parents)
        add_relation(&collecting, *parent, action->name_at, true, false);
    add_columns(&collecting, &action->columns);
    add_constraints(&collecting, &action->constraints);
    add_type(&collecting, &action->type);
    add_expression(&collecting, action->expression);
    vec_each(key, &action->keys)
        add_expression(&collecting, key->expression);
    if (!runs_later(action->kind))
        add_calls(&collecting, &action->calls);
}
