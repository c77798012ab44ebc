#include "schema/schema_relation.h"

#include <string.h>

/* Whatever a function does only when it is called: a table that its CREATE did not make is not there to be asked about. */
static bool is_made_if_there(const struct action *action)
{
    bool called = action->body_of.name != NULL && action->place != PLACE_BODY;
    return called && !action->branch && (action->flags & FLAG_IF_NOT_EXISTS) == 0;
}

struct relation *relation_make(const struct applying *applying, enum relation_kind kind, const char *namespace,
                               const char *name)
{
    struct schema *schema = applying->schema;
    struct relation *relation = arena_new(schema->arena, struct relation);
    *relation = (struct relation){
        .schema = schema_text(schema, namespace),
        .name = schema_text(schema, name),
        .kind = kind,
        .complete = !applying->maybe,
        .temporary = strcmp(namespace, "pg_temp") == 0,
        .valid = applying->maybe ? TRUTH_UNKNOWN : TRUTH_YES,
        .has_rows = applying->maybe ? TRUTH_UNKNOWN : TRUTH_NO,
        .created_by = schema->migration,
        .transaction = applying->maybe && !is_made_if_there(applying->action) ? 0 : schema->transaction,
        .made_by_statement = schema->statements,
    };
    return relation;
}

/* What the chain did not make and now makes is what was meant before; another of the name is in the way and goes. */
static void replace(struct schema *schema, struct relation *before, struct relation *relation)
{
    if (before->complete) {
        relation_drop(schema, before);
        return;
    }
    schema_put(schema, before->exists, false);
    schema_put(schema, relation->referencing, before->referencing);
    schema_put(schema, relation->views, before->views);
    vec_each(other, &relation->referencing)
        vec_each(constraint, &(*other)->constraints)
            if (constraint->referenced == before)
                schema_put(schema, constraint->referenced, relation);
    vec_each(view, &relation->views)
        vec_each(read, &(*view)->reads)
            if (*read == before)
                schema_put(schema, *read, relation);
    vec_each(index, &before->indexes)
        relation_drop(schema, *index);
}

void relation_place(struct schema *schema, struct relation *relation)
{
    char key[KEY_SIZE];
    void **slot = map_slot(schema->arena, &schema->relations, schema_key(key, relation->schema, relation->name));
    struct relation *before = *slot;
    schema_put(schema, *slot, relation);
    schema_put(schema, relation->exists, true);
    if (before != NULL)
        replace(schema, before, relation);
    *schema_add(schema, &schema->all) = relation;
    if (relation->temporary)
        *schema_add(schema, &schema->log->temporaries) = relation;
}

struct relation *relation_enter(struct schema *schema, const struct object_name *name, enum relation_kind kind)
{
    struct relation *relation = schema_relation(schema, name);
    if (relation != NULL || name->name == NULL)
        return relation;
    relation = arena_new(schema->arena, struct relation);
    relation->schema = schema_text(schema, schema_creation_schema(schema, name));
    relation->name = schema_text(schema, name->name);
    relation->kind = kind;
    relation_place(schema, relation);
    return relation;
}

void schema_remove(struct schema *schema, struct relation_refs *refs, const struct relation *relation)
{
    /* From both ends: what goes is mostly the oldest or the newest. */
    for (size_t i = 0; 2 * i < refs->count; i++) {
        size_t end = refs->count - 1 - i, found = refs->at[end] == relation ? end : i;
        if (refs->at[found] != relation)
            continue;
        schema_put(schema, refs->at[found], refs->at[refs->count - 1]);
        schema_put(schema, refs->count, refs->count - 1);
        return;
    }
}

static void forget_name(struct schema *schema, const struct relation *relation)
{
    char key[KEY_SIZE];
    if (map_find(&schema->relations, schema_key(key, relation->schema, relation->name)) == relation)
        schema_map(schema, &schema->relations, key, NULL);
}

static void count_names(struct schema *schema, const struct relation *relation, int by)
{
    vec_each(constraint, &relation->constraints)
        if (!constraint->dropped)
            schema_count_constraint(schema, relation->schema, constraint->name, by);
}

static void move_parts(struct schema *schema, const struct relation_refs *parts, const char *namespace)
{
    vec_each(part, parts)
        relation_move(schema, *part, namespace, (*part)->name);
}

void relation_depart(struct schema *schema, const struct relation *relation)
{
    if (relation->kind <= RELATION_FOREIGN_TABLE && !relation->temporary)
        *schema_add(schema, &schema->departures) = (struct departure){relation, relation->schema, relation->name};
}

void relation_move(struct schema *schema, struct relation *relation, const char *namespace, const char *name)
{
    char key[KEY_SIZE];
    bool moves = strcmp(relation->schema, namespace) != 0;
    forget_name(schema, relation);
    relation_depart(schema, relation);
    if (moves)
        count_names(schema, relation, -1);
    schema_put(schema, relation->name, schema_text(schema, name));
    schema_put(schema, relation->schema, schema_text(schema, namespace));
    schema_map(schema, &schema->relations, schema_key(key, namespace, name), relation);
    if (!moves)
        return;
    count_names(schema, relation, 1);
    move_parts(schema, &relation->indexes, namespace);
    move_parts(schema, &relation->sequences, namespace);
}

void relation_doubt(struct schema *schema, struct relation *relation)
{
    schema_put(schema, relation->complete, false);
    schema_put(schema, relation->has_rows, TRUTH_UNKNOWN);
    schema_put(schema, relation->valid, TRUTH_UNKNOWN);
    schema_put(schema, relation->transaction, 0);
    vec_each(column, &relation->columns)
        column_set_not_null(schema, column, TRUTH_UNKNOWN);
    vec_each(constraint, &relation->constraints)
        schema_put(schema, constraint->valid, TRUTH_UNKNOWN);
}

static void visit(struct schema *schema, struct relation_refs *family, const struct relation_refs *refs)
{
    vec_each(one, refs) {
        if ((*one)->visited == schema->log->visits)
            continue;
        (*one)->visited = schema->log->visits;
        *vec_add(schema->arena, family) = *one;
    }
}

void relation_family(struct schema *schema, struct relation *relation, struct relation_refs *family)
{
    struct relation_refs first = {&relation, 1, 1};
    schema->log->visits++;
    visit(schema, family, &first);
    for (size_t i = 0; i < family->count; i++) {
        const struct relation *one = family->at[i];
        visit(schema, family, &one->partitions);
        visit(schema, family, &one->children);
    }
}
