/* What a service's schema holds in the end: tables with columns, keys, indexes; views. */
#include "write/docing.h"

#include "review/names.h"
#include "sql/identifier.h"

#include <stdlib.h>
#include <string.h>

const struct service *doc_owner(const struct doc *doc, const struct relation *relation)
{
    if (relation->created_by != NULL)
        return relation->created_by->service;
    vec_each(service, &doc->request->catalog->services)
        if (str_same((*service)->schema, relation->schema))
            return *service;
    return NULL;
}

static bool is_shown(const struct doc *doc, const struct service *service, const struct relation *relation)
{
    bool kind = relation->kind == RELATION_TABLE || relation->kind == RELATION_FOREIGN_TABLE ||
                relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED_VIEW;
    return kind && relation->exists && !relation->temporary && relation->created_by != NULL &&
           doc_owner(doc, relation) == service;
}

static int compare(const void *left, const void *right)
{
    const struct relation *const *a = left, *const *b = right;
    int schemas = strcmp((*a)->schema, (*b)->schema);
    return schemas != 0 ? schemas : strcmp((*a)->name, (*b)->name);
}

struct relation_refs doc_relations(struct doc *doc, const struct service *service)
{
    const struct schema *schema = doc->schemas[service->number];
    struct relation_refs relations = {0};
    for (size_t i = 0; schema != NULL && i < schema->all.count; i++)
        if (is_shown(doc, service, schema->all.at[i]))
            *vec_add(&doc->page, &relations) = schema->all.at[i];
    if (relations.count > 1)
        qsort(relations.at, relations.count, sizeof(*relations.at), compare);
    return relations;
}

static const char *shown(const struct doc *doc, struct arena *arena, const struct service *service,
                         const struct relation *relation)
{
    (void)doc;
    struct str name = str_new(arena);
    if (!str_same(service->schema, relation->schema) && strcmp(relation->schema, "public") != 0) {
        identifier_add(&name, relation->schema);
        str_add_char(&name, '.');
    }
    identifier_add(&name, relation->name);
    return name.at;
}

/* To its section of its service's page; NULL where it has none. */
static const char *link_to(struct doc *doc, const struct relation *relation)
{
    const struct service *service = doc_owner(doc, relation);
    const struct doc_layout *layout = doc->request->layout;
    if (service == NULL || !is_shown(doc, service, relation))
        return NULL;
    return arena_printf(&doc->page, "%s#%s",
                        doc_link(doc, &doc->page, layout->service(&doc->page, layout->context, service)),
                        doc_anchor(&doc->page, relation->schema, relation->name));
}

static const struct constraint *reference_of(const struct relation *relation, const char *column)
{
    vec_each(constraint, &relation->constraints)
        if (!constraint->dropped && constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->columns.count == 1 &&
            strcmp(constraint->columns.at[0], column) == 0)
            return constraint;
    return NULL;
}

static bool is_key(const struct relation *relation, const char *column, enum constraint_kind kind, bool alone)
{
    vec_each(constraint, &relation->constraints)
        if (!constraint->dropped && constraint->kind == kind && (!alone || constraint->columns.count == 1))
            vec_each(one, &constraint->columns)
                if (strcmp(*one, column) == 0)
                    return true;
    return false;
}

static struct data *reference_data(struct doc *doc, const struct service *service, const struct relation *relation,
                                   const char *column)
{
    struct arena *arena = &doc->page;
    const struct constraint *constraint = reference_of(relation, column);
    if (constraint == NULL || constraint->referenced == NULL)
        return data_text(arena, NULL);
    struct data *map = data_map(arena);
    data_set_text(arena, map, "table", shown(doc, arena, service, constraint->referenced));
    data_set_text(arena, map, "column", constraint->referenced_columns.count == 1 ? constraint->referenced_columns.at[0] : NULL);
    data_set_text(arena, map, "link", link_to(doc, constraint->referenced));
    return map;
}

/* serial, identity: the column has a sequence of its own. */
static bool is_numbered(const struct relation *relation, const struct column *column)
{
    vec_each(sequence, &relation->sequences)
        if ((*sequence)->exists && str_same((*sequence)->owner_column, column->name))
            return true;
    return column->identity;
}

/* A few words on where its values come from and what they may be. */
static const char *notes_of(struct arena *arena, const struct relation *relation, const struct column *column)
{
    bool numbered = is_numbered(relation, column);
    const struct { bool on; const char *text; } notes[] = {
        {is_key(relation, column->name, CONSTRAINT_PRIMARY_KEY, false), "primary key"},
        {is_key(relation, column->name, CONSTRAINT_UNIQUE, true), "unique"},
        {numbered, "numbered"},
        {column->generated != GENERATED_NOT, "generated"},
        {column->has_default && column->default_text == NULL && !numbered, "has a default"}};
    struct str text = str_new(arena);
    for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++)
        if (notes[i].on)
            str_addf(&text, "%s%s", text.length == 0 ? "" : ", ", notes[i].text);
    return text.at;
}

static struct data *columns_data(struct doc *doc, const struct service *service, const struct relation *relation)
{
    struct arena *arena = &doc->page;
    struct data *list = data_list(arena);
    vec_each(column, &relation->columns) {
        if (column->dropped)
            continue;
        struct data *map = data_add(list, data_map(arena));
        data_set_text(arena, map, "name", column->name);
        data_set_text(arena, map, "type", column->type.name == NULL ? NULL : names_type(arena, &column->type));
        data_set_bool(arena, map, "not_null", column->not_null == TRUTH_YES);
        data_set_text(arena, map, "default", column->default_text);
        data_set_text(arena, map, "generated", column->generated == GENERATED_NOT ? NULL : column->generated_text);
        data_set_bool(arena, map, "identity", column->identity);
        data_set_text(arena, map, "comment", column->comment);
        data_set_bool(arena, map, "primary", is_key(relation, column->name, CONSTRAINT_PRIMARY_KEY, false));
        data_set_text(arena, map, "notes", notes_of(arena, relation, column));
        data_set(map, "references", reference_data(doc, service, relation, column->name));
    }
    return list;
}

static const char *columns_of(struct arena *arena, const struct strings *columns)
{
    return describe_names(arena, columns);
}

static const char *constraint_text(struct doc *doc, const struct service *service, const struct constraint *constraint)
{
    struct arena *arena = &doc->page;
    if (constraint->kind == CONSTRAINT_CHECK)
        return constraint->check == NULL ? NULL : constraint->check->text;
    if (constraint->kind != CONSTRAINT_FOREIGN_KEY || constraint->referenced == NULL)
        return columns_of(arena, &constraint->columns);
    const char *target = shown(doc, arena, service, constraint->referenced);
    if (constraint->referenced_columns.count > 0)
        target = arena_printf(arena, "%s (%s)", target, columns_of(arena, &constraint->referenced_columns));
    return arena_printf(arena, "%s → %s%s", columns_of(arena, &constraint->columns), target,
                        constraint->on_delete_cascade ? ", ON DELETE CASCADE" : "");
}

static struct data *constraints_data(struct doc *doc, const struct service *service, const struct relation *relation)
{
    static const char *const kinds[] = {
        [CONSTRAINT_CHECK] = "check", [CONSTRAINT_FOREIGN_KEY] = "foreign key", [CONSTRAINT_UNIQUE] = "unique",
        [CONSTRAINT_PRIMARY_KEY] = "primary key", [CONSTRAINT_EXCLUSION] = "exclusion", [CONSTRAINT_NOT_NULL] = "not null"};
    struct arena *arena = &doc->page;
    struct data *list = data_list(arena);
    vec_each(constraint, &relation->constraints) {
        if (constraint->dropped)
            continue;
        struct data *map = data_add(list, data_map(arena));
        data_set_text(arena, map, "name", constraint->name);
        data_set_text(arena, map, "kind", kinds[constraint->kind]);
        data_set_text(arena, map, "text", constraint_text(doc, service, constraint));
        data_set_bool(arena, map, "not_valid", constraint->valid == TRUTH_NO);
        data_set_text(arena, map, "link", constraint->referenced == NULL ? NULL : link_to(doc, constraint->referenced));
    }
    return list;
}

static struct data *made_by(struct doc *doc, const struct service *service, const struct migration *migration)
{
    return migration == NULL ? data_text(&doc->page, NULL) : doc_migration_data(doc, migration, service);
}

static bool is_of_constraint(const struct relation *relation, const struct relation *index)
{
    vec_each(constraint, &relation->constraints)
        if (!constraint->dropped && constraint->index == index)
            return true;
    return false;
}

static struct data *indexes_data(struct doc *doc, const struct service *service, const struct relation *relation)
{
    struct arena *arena = &doc->page;
    struct data *list = data_list(arena);
    vec_each(index, &relation->indexes) {
        if (!(*index)->exists || is_of_constraint(relation, *index))
            continue;
        struct data *map = data_add(list, data_map(arena));
        data_set_text(arena, map, "name", (*index)->name);
        data_set_bool(arena, map, "unique", ((*index)->flags & FLAG_UNIQUE) != 0);
        data_set_text(arena, map, "method", str_same((*index)->method, "btree") ? NULL : (*index)->method);
        data_set_text(arena, map, "text", describe_keys(arena, &(*index)->keys));
        data_set_text(arena, map, "including", (*index)->including.count == 0 ? NULL : describe_names(arena, &(*index)->including));
        data_set_text(arena, map, "where", (*index)->predicate == NULL ? NULL : (*index)->predicate->text);
        data_set(map, "made_by", made_by(doc, service, (*index)->created_by));
    }
    return list;
}

static struct data *referenced_by_data(struct doc *doc, const struct service *service, const struct relation *relation)
{
    struct arena *arena = &doc->page;
    struct data *list = data_list(arena);
    vec_each(other, &relation->referencing)
        vec_each(constraint, &(*other)->constraints) {
            if (constraint->dropped || constraint->referenced != relation || !(*other)->exists)
                continue;
            struct data *map = data_add(list, data_map(arena));
            data_set_text(arena, map, "table", shown(doc, arena, service, *other));
            data_set_text(arena, map, "columns", columns_of(arena, &constraint->columns));
            data_set_text(arena, map, "constraint", constraint->name);
            data_set_text(arena, map, "link", link_to(doc, *other));
        }
    return list;
}

static struct data *refs_data(struct doc *doc, const struct service *service, const struct relation_refs *relations)
{
    struct arena *arena = &doc->page;
    struct data *list = data_list(arena);
    vec_each(relation, relations) {
        if (!(*relation)->exists)
            continue;
        bool is_default = (*relation)->parent != NULL && (*relation)->parent->default_partition == *relation;
        struct data *map = data_add(list, data_map(arena));
        data_set_text(arena, map, "name", shown(doc, arena, service, *relation));
        data_set_text(arena, map, "link", link_to(doc, *relation));
        data_set_text(arena, map, "bound", describe_bound(arena, &(*relation)->bound, is_default));
    }
    return list;
}

static const char *kind_of(const struct relation *relation)
{
    switch (relation->kind) {
    case RELATION_VIEW: return "view";
    case RELATION_MATERIALIZED_VIEW: return "materialized view";
    case RELATION_FOREIGN_TABLE: return "foreign table";
    default: return relation->partition_by != 0 ? "partitioned table" : "table";
    }
}

/* "range (at)" */
static const char *partitioned_by(struct arena *arena, const struct relation *relation)
{
    static const char *const ways[] = {['h'] = "hash", ['l'] = "list", ['r'] = "range"};
    size_t way = (unsigned char)relation->partition_by;
    if (way == 0 || way >= sizeof(ways) / sizeof(*ways) || ways[way] == NULL)
        return NULL;
    return arena_printf(arena, "%s (%s)", ways[way], describe_keys(arena, &relation->partition_keys));
}

struct data *doc_table(struct doc *doc, const struct service *service, const struct relation *relation)
{
    struct arena *arena = &doc->page;
    struct data *map = data_map(arena);
    data_set_text(arena, map, "name", shown(doc, arena, service, relation));
    data_set_text(arena, map, "schema", relation->schema);
    data_set_text(arena, map, "kind", kind_of(relation));
    data_set_text(arena, map, "partitioned", partitioned_by(arena, relation));
    data_set_text(arena, map, "comment", relation->comment);
    data_set_text(arena, map, "anchor", doc_anchor(arena, relation->schema, relation->name));
    data_set_text(arena, map, "link", link_to(doc, relation));
    data_set_bool(arena, map, "complete", relation->complete);
    data_set(map, "made_by", made_by(doc, service, relation->created_by));
    struct data *columns = data_set(map, "columns", columns_data(doc, service, relation));
    data_set_bool(arena, map, "has_columns", data_is_true(columns));
    struct data *constraints = data_set(map, "constraints", constraints_data(doc, service, relation));
    data_set_bool(arena, map, "has_constraints", data_is_true(constraints));
    struct data *indexes = data_set(map, "indexes", indexes_data(doc, service, relation));
    data_set_bool(arena, map, "has_indexes", data_is_true(indexes));
    struct data *referenced = data_set(map, "referenced_by", referenced_by_data(doc, service, relation));
    data_set_bool(arena, map, "has_referenced_by", data_is_true(referenced));
    data_set(map, "reads", refs_data(doc, service, &relation->reads));
    data_set(map, "partitions", refs_data(doc, service, &relation->partitions));
    data_set(map, "attached", doc_attached(doc, service, relation));
    data_set_bool(arena, map, "row_security", relation->row_security);
    data_set_bool(arena, map, "has_partitions", relation->partitions.count > 0);
    data_set_text(arena, map, "partition_of", relation->parent == NULL ? NULL : shown(doc, arena, service, relation->parent));
    return map;
}
