#include "sql/action_copy.h"

#include <string.h>

/* Copies the elements of a vec as they are, with no room to spare; what they point to comes after. */
#define copy_elements(arena, from)                                                                       \
    {                                                                                                    \
        .at = elements((arena), (from)->at, (from)->count, sizeof(*(from)->at)), .count = (from)->count, \
        .room = (from)->count                                                                            \
    }

static void *elements(struct arena *arena, const void *from, size_t count, size_t size)
{
    return count == 0 ? NULL : memcpy(arena_alloc(arena, count * size), from, count * size);
}

const char *copy_text(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_strdup(arena, text);
}

struct object_name copy_name(struct arena *arena, const struct object_name *name)
{
    return (struct object_name){copy_text(arena, name->schema), copy_text(arena, name->name)};
}

struct type_name copy_type(struct arena *arena, const struct type_name *type)
{
    struct type_name copy = *type;
    copy.schema = copy_text(arena, type->schema);
    copy.name = copy_text(arena, type->name);
    return copy;
}

struct strings copy_strings(struct arena *arena, const struct strings *strings)
{
    struct strings copy = copy_elements(arena, strings);
    vec_each(text, &copy)
        *text = copy_text(arena, *text);
    return copy;
}

static struct calls copy_calls(struct arena *arena, const struct calls *calls)
{
    struct calls copy = copy_elements(arena, calls);
    vec_each(call, &copy) {
        call->schema = copy_text(arena, call->schema);
        call->name = copy_text(arena, call->name);
        call->first = copy_text(arena, call->first);
    }
    return copy;
}

static struct comparisons copy_comparisons(struct arena *arena, const struct comparisons *comparisons)
{
    struct comparisons copy = copy_elements(arena, comparisons);
    vec_each(comparison, &copy) {
        comparison->column = copy_text(arena, comparison->column);
        comparison->operator = copy_text(arena, comparison->operator);
        comparison->values = copy_strings(arena, &comparison->values);
    }
    return copy;
}

struct expression *copy_expression(struct arena *arena, const struct expression *expression)
{
    if (expression == NULL)
        return NULL;
    struct expression *copy = arena_new(arena, struct expression);
    *copy = *expression;
    copy->text = copy_text(arena, expression->text);
    copy->cast_to = copy_text(arena, expression->cast_to);
    copy->columns = copy_strings(arena, &expression->columns);
    copy->calls = copy_calls(arena, &expression->calls);
    copy->all_of = copy_comparisons(arena, &expression->all_of);
    copy->any_of = copy_comparisons(arena, &expression->any_of);
    return copy;
}

struct key_parts copy_keys(struct arena *arena, const struct key_parts *keys)
{
    struct key_parts copy = copy_elements(arena, keys);
    vec_each(key, &copy) {
        key->column = copy_text(arena, key->column);
        key->text = copy_text(arena, key->text);
        key->expression = copy_expression(arena, key->expression);
    }
    return copy;
}

struct partition_bound copy_bound(struct arena *arena, const struct partition_bound *bound)
{
    struct partition_bound copy = *bound;
    copy.values = copy_strings(arena, &bound->values);
    copy.from = copy_strings(arena, &bound->from);
    copy.to = copy_strings(arena, &bound->to);
    return copy;
}

static struct constraint_defs copy_constraints(struct arena *arena, const struct constraint_defs *defs)
{
    struct constraint_defs copy = copy_elements(arena, defs);
    vec_each(def, &copy) {
        def->name = copy_text(arena, def->name);
        def->columns = copy_strings(arena, &def->columns);
        def->check = copy_expression(arena, def->check);
        def->referenced = copy_name(arena, &def->referenced);
        def->referenced_columns = copy_strings(arena, &def->referenced_columns);
        def->using_index = copy_text(arena, def->using_index);
    }
    return copy;
}

static struct column_defs copy_columns(struct arena *arena, const struct column_defs *defs)
{
    struct column_defs copy = copy_elements(arena, defs);
    vec_each(def, &copy) {
        def->name = copy_text(arena, def->name);
        def->type = copy_type(arena, &def->type);
        def->collation = copy_text(arena, def->collation);
        def->default_value = copy_expression(arena, def->default_value);
        def->generated_from = copy_expression(arena, def->generated_from);
        def->constraints = copy_constraints(arena, &def->constraints);
    }
    return copy;
}

static struct object_names copy_names(struct arena *arena, const struct object_names *names)
{
    struct object_names copy = copy_elements(arena, names);
    vec_each(name, &copy)
        *name = copy_name(arena, name);
    return copy;
}

static struct merge_clauses copy_merge(struct arena *arena, const struct merge_clauses *clauses)
{
    struct merge_clauses copy = copy_elements(arena, clauses);
    vec_each(clause, &copy) {
        clause->condition = copy_text(arena, clause->condition);
        clause->columns = copy_strings(arena, &clause->columns);
    }
    return copy;
}

static struct relation_uses copy_uses(struct arena *arena, const struct relation_uses *uses)
{
    struct relation_uses copy = copy_elements(arena, uses);
    vec_each(use, &copy)
        use->name = copy_name(arena, &use->name);
    return copy;
}

struct action copy_action(struct arena *arena, const struct action *action)
{
    struct action copy = *action;
    copy.name = copy_name(arena, &action->name);
    copy.table = copy_name(arena, &action->table);
    copy.names = copy_strings(arena, &action->names);
    copy.column = copy_text(arena, action->column);
    copy.text = copy_text(arena, action->text);
    copy.text2 = copy_text(arena, action->text2);
    copy.columns = copy_columns(arena, &action->columns);
    copy.constraints = copy_constraints(arena, &action->constraints);
    copy.type = copy_type(arena, &action->type);
    copy.expression = copy_expression(arena, action->expression);
    copy.keys = copy_keys(arena, &action->keys);
    copy.merge = copy_merge(arena, &action->merge);
    copy.including = copy_strings(arena, &action->including);
    copy.bound = copy_bound(arena, &action->bound);
    copy.parents = copy_names(arena, &action->parents);
    copy.mentions = copy_strings(arena, &action->mentions);
    copy.uses = copy_uses(arena, &action->uses);
    copy.calls = copy_calls(arena, &action->calls);
    copy.assigned_twice = copy_names(arena, &action->assigned_twice);
    copy.assigned_at = (struct offsets)copy_elements(arena, &action->assigned_at);
    copy.body_of = copy_name(arena, &action->body_of);
    return copy;
}
