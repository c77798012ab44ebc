/* Tables, views and sequences as they are made, in a simulated schema. */
#include "base/str.h"
#include "schema/schema_relation.h"

static const char temporaries[] = "pg_temp";

static const char *namespace_of(const struct applying *applying)
{
    return applying->action->flags & FLAG_TEMPORARY ? temporaries
                                                    : schema_creation_schema(applying->schema, &applying->action->name);
}

/* There is one of the name, and nothing happens. */
static bool is_there(const struct applying *applying, const char *namespace)
{
    const struct action *action = applying->action;
    struct object_name name = {namespace, action->name.name};
    bool replaces = !(action->flags & FLAG_IF_NOT_EXISTS) && !applying->maybe;
    return name.name == NULL || (!replaces && schema_relation(applying->schema, &name) != NULL);
}

/* A new relation of the action's name; NULL: nothing happens. */
static struct relation *make(const struct applying *applying, enum relation_kind kind, const char *namespace)
{
    const struct action *action = applying->action;
    if (is_there(applying, namespace))
        return NULL;
    struct relation *relation = relation_make(applying, kind, namespace, action->name.name);
    relation->unlogged = (action->flags & FLAG_UNLOGGED) != 0;
    relation->flags = action->flags & FLAG_ON_COMMIT_DROP;
    relation_place(applying->schema, relation);
    return relation;
}

/* What a definition takes from others: found before the new table, whose name may hide theirs, is there. */
struct sources {
    struct relation *parent;        /* PARTITION OF */
    struct relation *like;
    struct relation_refs parents;   /* INHERITS */
};

static bool is_partition(const struct action *action)
{
    return action->bound.strategy != 0 || (action->flags & FLAG_DEFAULT_PARTITION);
}

static struct sources find_sources(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    struct sources sources = {0};
    struct relation *table = relation_enter(schema, &action->table, RELATION_TABLE);
    if (is_partition(action))
        sources.parent = table;
    else
        sources.like = table;
    vec_each(name, &action->parents)
        if (name->name != NULL)
            *vec_add(schema->arena, &sources.parents) = relation_enter(schema, name, RELATION_TABLE);
    return sources;
}

/* What comes along with a column; NOT NULL always does. */
struct taking {
    bool defaults, generated, identity;
};

static void take_columns(const struct applying *applying, const struct relation *from, struct relation *to,
                         struct taking taking)
{
    if (!from->complete)
        schema_put(applying->schema, to->complete, false);
    vec_each(column, &from->columns) {
        struct column copy = *column;
        if (column->dropped)
            continue;
        copy.has_default = column->has_default && taking.defaults;
        copy.generated = taking.generated ? column->generated : GENERATED_NOT;
        copy.identity = column->identity && taking.identity;
        column_inherit(applying, to, &copy);
    }
}

/* Of partitions of PostgreSQL 17 and newer, identity comes along too. */
static void take_inherited(const struct applying *applying, const struct relation *from, struct relation *to)
{
    bool identity = is_partition(applying->action) && applying->schema->server_version >= 17;
    take_columns(applying, from, to, (struct taking){true, true, identity});
}

static void take_checks(const struct applying *applying, const struct relation *from, struct relation *to)
{
    for (size_t i = 0; i < from->constraints.count; i++) {
        enum constraint_kind kind = from->constraints.at[i].kind;
        if (!from->constraints.at[i].dropped && (kind == CONSTRAINT_CHECK || kind == CONSTRAINT_NOT_NULL))
            constraint_inherit(applying, to, &from->constraints.at[i]);
    }
}

/* LIKE: columns and NOT NULL, and what is included. */
static void take_like(const struct applying *applying, const struct relation *from, struct relation *relation)
{
    const struct strings *included = &applying->action->names;
    struct taking taking = {strings_hold(included, "defaults"), strings_hold(included, "generated"),
                            strings_hold(included, "identity")};
    take_columns(applying, from, relation, taking);
    vec_each(column, &relation->columns)
        column->own = true;
    for (size_t i = 0; taking.identity && i < relation->columns.count; i++)
        if (relation->columns.at[i].identity)
            sequence_make(applying, relation, relation->columns.at[i].name);
    if (strings_hold(included, "constraints"))
        take_checks(applying, from, relation);
    for (size_t i = 0; i < from->indexes.count && strings_hold(included, "indexes"); i++)
        index_copy(applying, relation, from->indexes.at[i]);
}

static void take_parents(const struct applying *applying, const struct relation_refs *parents, struct relation *relation)
{
    struct schema *schema = applying->schema;
    vec_each(parent, parents) {
        take_inherited(applying, *parent, relation);
        take_checks(applying, *parent, relation);
        *schema_add(schema, &(*parent)->children) = relation;
        *schema_add(schema, &relation->parents) = *parent;
    }
}

/* Most tables never get more than they are made with. */
static void reserve(struct schema *schema, const struct action *action, struct relation *relation)
{
    size_t constraints = action->constraints.count;
    vec_each(column, &action->columns)
        constraints += column->constraints.count;
    schema_reserve(schema, &relation->columns, action->columns.count);
    schema_reserve(schema, &relation->constraints, constraints);
}

/* A LIKE comes first, wherever it stands in the list. */
static void define(const struct applying *applying, const struct sources *sources, struct relation *relation)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    reserve(schema, action, relation);
    relation->partition_by = action->partition_by;
    relation->partition_keys = copy_keys(schema->arena, &action->keys);
    if (sources->like != NULL)
        take_like(applying, sources->like, relation);
    if (sources->parent != NULL)
        take_inherited(applying, sources->parent, relation);
    if (action->type.name != NULL) /* OF a type */
        schema_put(schema, relation->complete, false);
    take_parents(applying, &sources->parents, relation);
    vec_each(def, &action->columns)
        column_add(applying, relation, def);
    if (sources->parent != NULL)
        partition_attach(applying, sources->parent, relation);
    constraints_define(applying, relation);
}

void apply_create_table(const struct applying *applying)
{
    enum relation_kind kind =
        applying->action->kind == ACTION_CREATE_FOREIGN_TABLE ? RELATION_FOREIGN_TABLE : RELATION_TABLE;
    const char *namespace = namespace_of(applying);
    if (is_there(applying, namespace))
        return;
    struct sources sources = find_sources(applying);
    define(applying, &sources, make(applying, kind, namespace));
}

/* What a query gives is not looked into: of its columns there are names at most. */
static void of_query(const struct applying *applying, struct relation *relation)
{
    struct schema *schema = applying->schema;
    schema_put(schema, relation->complete, false);
    vec_each(name, &applying->action->names)
        *schema_add(schema, &relation->columns) = (struct column){
            .name = schema_text(schema, *name), .transaction = relation->transaction, .migration = schema->migration};
    if (!(applying->action->flags & FLAG_NO_DATA))
        schema_put(schema, relation->has_rows, TRUTH_UNKNOWN);
}

void apply_create_table_as(const struct applying *applying)
{
    struct relation *relation = make(applying, RELATION_TABLE, namespace_of(applying));
    if (relation != NULL)
        of_query(applying, relation);
}

static void note_reads(struct schema *schema, struct relation *view, const struct relation_uses *uses)
{
    vec_each(use, uses) {
        struct relation *relation = relation_enter(schema, &use->name, RELATION_UNKNOWN);
        if (relation == NULL || relation == view)
            continue;
        *schema_add(schema, &view->reads) = relation;
        *schema_add(schema, &relation->views) = view;
    }
}

static void forget_reads(struct schema *schema, struct relation *view)
{
    vec_each(relation, &view->reads)
        schema_remove(schema, &(*relation)->views, view);
    schema_put(schema, view->reads, (struct relation_refs){0});
}

/* A view of something temporary is temporary, said or not. */
static bool is_temporary(const struct schema *schema, const struct action *action)
{
    if (action->flags & FLAG_TEMPORARY)
        return true;
    vec_each(use, &action->uses) {
        const struct relation *relation = schema_relation(schema, &use->name);
        if (relation != NULL && relation->temporary)
            return true;
    }
    return false;
}

void apply_create_view(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    bool materialized = action->kind == ACTION_CREATE_MATERIALIZED_VIEW;
    bool temporary = is_temporary(schema, action);
    struct object_name name = {temporary ? temporaries : schema_creation_schema(schema, &action->name),
                               action->name.name};
    struct relation *view = action->flags & FLAG_OR_REPLACE ? schema_relation(schema, &name) : NULL;
    if (view != NULL) {
        forget_reads(schema, view);
    } else {
        view = make(applying, materialized ? RELATION_MATERIALIZED_VIEW : RELATION_VIEW, name.schema);
        if (view == NULL)
            return;
        of_query(applying, view);
    }
    schema_put(schema, view->mentions, copy_strings(schema->arena, &action->mentions));
    note_reads(schema, view, &action->uses);
}

static void own(struct schema *schema, struct relation *sequence, const struct action *action)
{
    struct relation *table = action->table.name == NULL ? NULL : relation_enter(schema, &action->table, RELATION_TABLE);
    if (table == NULL || table == sequence)
        return;
    if (sequence->parent != NULL)
        schema_remove(schema, &sequence->parent->sequences, sequence);
    schema_put(schema, sequence->parent, table);
    schema_put(schema, sequence->owner_column,
               action->names.count == 0 ? NULL : schema_text(schema, action->names.at[0]));
    *schema_add(schema, &table->sequences) = sequence;
}

void apply_create_sequence(const struct applying *applying)
{
    struct relation *sequence = make(applying, RELATION_SEQUENCE, namespace_of(applying));
    if (sequence == NULL)
        return;
    schema_put(applying->schema, sequence->definition, schema_text(applying->schema, applying->action->definition));
    own(applying->schema, sequence, applying->action);
}

void apply_alter_sequence(const struct applying *applying)
{
    struct relation *sequence = relation_enter(applying->schema, &applying->action->name, RELATION_SEQUENCE);
    if (sequence == NULL || applying->maybe)
        return;
    schema_put(applying->schema, sequence->definition,
               definition_more(applying->schema, sequence->definition, applying->action->definition));
    own(applying->schema, sequence, applying->action);
}

void apply_set_logged(const struct applying *applying)
{
    struct relation *relation = relation_enter(applying->schema, &applying->action->name, RELATION_TABLE);
    if (relation != NULL && !applying->maybe)
        schema_put(applying->schema, relation->unlogged, applying->action->kind == ACTION_SET_UNLOGGED);
}

/* Whoever is altered or referenced is there. */
void apply_mention(const struct applying *applying)
{
    enum object_kind object = applying->action->object;
    if (object == OBJECT_TABLE || object == OBJECT_VIEW || object == OBJECT_MATERIALIZED_VIEW ||
        object == OBJECT_FOREIGN_TABLE)
        relation_enter(applying->schema, &applying->action->name, RELATION_UNKNOWN);
}

void apply_row_security(const struct applying *applying)
{
    apply_mention(applying);
    struct relation *relation = schema_relation(applying->schema, &applying->action->name);
    if (relation != NULL && (applying->action->flags & FLAG_FORCE) == 0)
        schema_put(applying->schema, relation->row_security, (applying->action->flags & FLAG_ENABLE) != 0);
}

void apply_mention_table(const struct applying *applying)
{
    relation_enter(applying->schema, &applying->action->table, RELATION_TABLE);
}

void apply_create_statistics(const struct applying *applying)
{
    struct schema *schema = applying->schema;
    const struct object_name *name = &applying->action->name;
    struct relation *table = relation_enter(schema, &applying->action->table, RELATION_TABLE);
    char key[KEY_SIZE];
    if (name->name != NULL && table != NULL)
        schema_map(schema, &schema->statistics, schema_key(key, schema_creation_schema(schema, name), name->name), table);
}
