/* Indexes of a simulated schema. */
#include "base/str.h"
#include "schema/schema_relation.h"

#include <stdio.h>
#include <string.h>

struct relation *index_make(const struct applying *applying, struct relation *table, const char *name)
{
    struct relation *index = relation_make(applying, RELATION_INDEX, table->schema, name);
    index->parent = table;
    index->has_rows = TRUTH_UNKNOWN;
    relation_place(applying->schema, index);
    *schema_add(applying->schema, &table->indexes) = index;
    return index;
}

/* FigureIndexColname: a call gives its function's name, whatever is more than that "expr". */
static const char *key_name(const struct key_part *key)
{
    if (key->column != NULL)
        return key->column;
    if (key->expression != NULL && key->expression->calls.count == 1)
        return key->expression->calls.at[0].name;
    return "expr";
}

/* ChooseIndexColumnNames: a name that is taken gets a number. */
static void add_name(struct arena *arena, struct strings *names, const char *name)
{
    const char *numbered = name;
    for (unsigned i = 1; strings_hold(names, numbered); i++)
        numbered = arena_printf(arena, "%s%u", name, i);
    *vec_add(arena, names) = numbered;
}

const char *index_choose_name(struct schema *schema, const struct relation *table, const struct key_parts *keys,
                              const struct strings *including, const char *label)
{
    struct strings names = {0};
    vec_each(key, keys)
        add_name(schema->arena, &names, key_name(key));
    vec_each(column, including)
        add_name(schema->arena, &names, *column);
    return schema_choose_relation(schema, table->schema, table->name, schema_columns_part(schema->arena, &names), label,
                                  strcmp(label, "idx") != 0);
}

static const struct constraint *constraint_of(const struct relation *index)
{
    const struct relation *table = index->parent;
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++)
        if (!table->constraints.at[i].dropped && table->constraints.at[i].index == index)
            return &table->constraints.at[i];
    return NULL;
}

static bool keys_equal(const struct relation *a, const struct relation *b)
{
    if (a->keys.count != b->keys.count || ((a->flags ^ b->flags) & (FLAG_UNIQUE | FLAG_PARTIAL)) != 0)
        return false;
    for (size_t i = 0; i < a->keys.count; i++)
        if (a->keys.at[i].column == NULL || !str_same(a->keys.at[i].column, b->keys.at[i].column))
            return false;
    return true;
}

/* One that is like it, and that is no other index's part yet. */
static struct relation *find_like(const struct relation *table, const struct relation *index)
{
    vec_each(one, &table->indexes)
        if ((*one)->parents.count == 0 && keys_equal(*one, index))
            return *one;
    return NULL;
}

void index_link(struct schema *schema, struct relation *whole, struct relation *part)
{
    *schema_add(schema, &whole->children) = part;
    *schema_add(schema, &part->parents) = whole;
}

static void keys_not_null(struct schema *schema, struct relation *relation, const struct strings *names)
{
    vec_each(name, names) {
        struct column *column = relation_column(relation, *name);
        if (column != NULL)
            column_set_not_null(schema, column, TRUTH_YES);
    }
}

static void inherit_key(const struct applying *applying, struct relation *relation, const struct constraint *key,
                        struct relation *index)
{
    struct constraint copy = *key;
    copy.name = index->name;
    copy.index = index;
    copy.transaction = applying->maybe ? 0 : applying->schema->transaction;
    *schema_add(applying->schema, &relation->constraints) = copy;
    schema_count_constraint(applying->schema, relation->schema, copy.name, 1);
    if (key->kind == CONSTRAINT_PRIMARY_KEY && !applying->maybe)
        keys_not_null(applying->schema, relation, &copy.columns);
}

struct relation *index_copy(const struct applying *applying, struct relation *relation, const struct relation *index)
{
    const struct constraint *key = constraint_of(index);
    const char *label = key == NULL                              ? "idx"
                        : key->kind == CONSTRAINT_PRIMARY_KEY    ? "pkey"
                        : key->kind == CONSTRAINT_EXCLUSION      ? "excl"
                                                                 : "key";
    bool primary = key != NULL && key->kind == CONSTRAINT_PRIMARY_KEY;
    const char *name = primary ? schema_choose_relation(applying->schema, relation->schema, relation->name, NULL, label, true)
                               : index_choose_name(applying->schema, relation, &index->keys, &index->including, label);
    struct relation *own = index_make(applying, relation, name);
    own->keys = index->keys;
    own->including = index->including;
    own->predicate = index->predicate;
    own->flags = index->flags;
    own->method = index->method;
    if (key != NULL)
        inherit_key(applying, relation, key, own);
    return own;
}

/* A partition has an index like its parent's, under a name of its own; one that it has already will do. */
void index_inherit(const struct applying *applying, struct relation *relation, struct relation *index)
{
    struct relation *own = find_like(relation, index);
    if (own == NULL)
        own = index_copy(applying, relation, index);
    index_link(applying->schema, index, own);
}

/* The name is chosen before anything is made; an index over an existing name is one that is there. */
static const char *name_of(const struct applying *applying, const struct relation *table)
{
    const struct action *action = applying->action;
    struct object_name name = {table->schema, action->name.name};
    if (name.name == NULL)
        return index_choose_name(applying->schema, table, &action->keys, &action->including, "idx");
    bool taken = schema_relation(applying->schema, &name) != NULL;
    return taken && ((action->flags & FLAG_IF_NOT_EXISTS) || applying->maybe) ? NULL : name.name;
}

static void create(const struct applying *applying, struct relation *table, const char *name)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    struct relation *index = index_make(applying, table, name);
    index->keys = copy_keys(schema->arena, &action->keys);
    index->including = copy_strings(schema->arena, &action->including);
    index->predicate = copy_expression(schema->arena, action->expression);
    index->flags = action->flags & (FLAG_UNIQUE | FLAG_PARTIAL | FLAG_CONCURRENTLY | FLAG_ONLY);
    index->method = action->text2 == NULL ? "btree" : schema_text(schema, action->text2);
    if ((action->flags & FLAG_ONLY) && table->partitions.count > 0)
        schema_put(schema, index->valid, TRUTH_NO);
    if (action->flags & FLAG_ONLY)
        return;
    struct relation_refs family = {0};
    relation_family(schema, table, &family);
    for (size_t i = 1; i < family.count; i++)
        if (family.at[i]->parent != NULL)
            index_inherit(applying, family.at[i], index);
}

void apply_create_index(const struct applying *applying)
{
    struct relation *table = relation_enter(applying->schema, &applying->action->table, RELATION_TABLE);
    const char *name = table == NULL ? NULL : name_of(applying, table);
    if (name != NULL)
        create(applying, table, name);
}

void apply_reindex(const struct applying *applying)
{
    struct relation *index = schema_relation(applying->schema, &applying->action->name);
    if (index == NULL || applying->maybe)
        return;
    if (index->kind == RELATION_INDEX)
        schema_put(applying->schema, index->valid, TRUTH_YES);
    vec_each(one, &index->indexes)
        schema_put(applying->schema, (*one)->valid, TRUTH_YES);
}
