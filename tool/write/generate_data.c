/* Everything that templates may ask for; what is not there is nothing, so that a section can ask for it. */
#include "write/generate_new.h"
#include "write/generate_refuse.h"
#include "write/generate_rename.h"
#include "write/seed_rows.h"

#include "base/str.h"
#include "review/names.h"
#include "schema/schema_change.h"

#include <string.h>
#include <strings.h>

static struct data *name_data(struct arena *arena, const struct object_name *name, const char *fallback)
{
    struct data *map = data_map(arena);
    data_set_text(arena, map, "schema", name->schema != NULL ? name->schema : fallback);
    data_set_text(arena, map, "name", name->name);
    data_set_text(arena, map, "sql", generate_qualified(arena, name->schema != NULL ? name->schema : fallback, name->name));
    return map;
}

/* A name that nothing in the schema has yet. */
static const char *relation_name(struct generation *generation, const struct strings *columns, const char *label)
{
    const char *part = schema_columns_part(generation->arena, columns);
    return schema_choose_relation(generation->schema, generation->table.schema, generation->table.name,
                                  *part == '\0' ? NULL : part, label, false);
}

static const char *constraint_name(struct generation *generation, const struct strings *columns, const char *label)
{
    const char *part = schema_columns_part(generation->arena, columns);
    return schema_choose_constraint(generation->schema, generation->table.schema, generation->table.name,
                                    *part == '\0' ? NULL : part, label);
}

static void set_names(struct generation *generation, struct data *map, const struct strings *columns)
{
    static const char *const labels[][2] = {
        {"foreign_key", "fkey"}, {"check", "check"}, {"unique", "key"}, {"not_null", "not_null"}, {"policy", "policy"},
        {"trigger", "trigger"}};
    struct data *names = data_set(map, "names", data_map(generation->arena));
    data_set_text(generation->arena, names, "index", relation_name(generation, columns, "idx"));
    data_set_text(generation->arena, names, "primary_key", relation_name(generation, &(struct strings){0}, "pkey"));
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        data_set_text(generation->arena, names, labels[i][0], constraint_name(generation, columns, labels[i][1]));
}

static struct data *reference_data(struct arena *arena, const struct object_name *table, const char *column,
                                   const char *fallback)
{
    if (table->name == NULL)
        return data_text(arena, NULL);
    struct data *map = data_map(arena);
    data_set_text(arena, map, "schema", table->schema != NULL ? table->schema : fallback);
    data_set_text(arena, map, "table", table->name);
    data_set_text(arena, map, "column", column);
    data_set_text(arena, map, "sql", generate_qualified(arena, table->schema != NULL ? table->schema : fallback, table->name));
    return map;
}

/* What is searched for what it holds, a btree does not help with. */
static bool is_container(const char *type)
{
    return type != NULL && (strcasecmp(type, "jsonb") == 0 || strcasecmp(type, "tsvector") == 0 || str_ends(type, "[]"));
}

static bool is_of_containers(const struct generation *generation)
{
    vec_each(key, &generation->keys) {
        const struct column *column = key->column == NULL || generation->existing == NULL
                                          ? NULL : generate_column(generation->existing, key->column);
        if (column == NULL || column->type.name == NULL || !is_container(names_type(generation->arena, &column->type)))
            return false;
    }
    vec_each(spec, &generation->columns)
        if (spec->unique)
            return false;
    return generation->keys.count > 0;
}

/* What stands behind CREATE INDEX … ON a table: USING gin (a, lower(b)) WHERE … */
static const char *index_definition(const struct generation *generation)
{
    struct str out = str_new(generation->arena);
    const char *using = generation->names[PARAMETER_USING], *expression = generation->parameters[PARAMETER_EXPRESSION];
    if (using != NULL) {
        str_add(&out, "USING ");
        generate_add_identifier(&out, using);
        str_add_char(&out, ' ');
    } else if (is_of_containers(generation))
        str_add(&out, "USING gin ");
    str_add(&out, "(");
    for (size_t i = 0; i < generation->keys.count; i++)
        str_addf(&out, "%s%s", i == 0 ? "" : ", ", generation->keys.at[i].sql);
    str_addf(&out, ")%s%s", expression == NULL ? "" : "\n    WHERE ", expression == NULL ? "" : expression);
    return out.at;
}

/* FOREIGN KEY (a) REFERENCES b (id) ON DELETE CASCADE */
static const char *foreign_key(struct generation *generation, const struct column_spec *spec)
{
    struct str out = str_new(generation->arena);
    const char *schema = spec->references.schema != NULL ? spec->references.schema : generate_schema(generation);
    if (spec->references.name == NULL)
        return NULL;
    str_add(&out, "FOREIGN KEY (");
    generate_add_identifier(&out, spec->name);
    str_addf(&out, ") REFERENCES %s (", generate_qualified(out.arena, schema, spec->references.name));
    generate_add_identifier(&out, spec->references_column);
    str_addf(&out, ")%s%s", spec->on_delete == NULL ? "" : " ON DELETE ", spec->on_delete == NULL ? "" : spec->on_delete);
    return out.at;
}

/* What going down says where rows have no value for a column that came back. */
static void set_not_filled(const struct generation *generation, struct data *map, const struct column_spec *spec)
{
    struct arena *arena = generation->arena;
    if (generation->existing == NULL)
        return;
    const char *table = generate_qualified(arena, generation->existing->schema, generation->existing->name);
    const char *column = generate_identifier(arena, spec->name);
    data_set_text(arena, map, "not_filled",
                  arena_printf(arena, "column %s of %s stays nullable: rows have no value for it", column, table));
    data_set_text(arena, map, "fill_first",
                  arena_printf(arena, "give them one, and then: ALTER TABLE %s ALTER COLUMN %s SET NOT NULL", table, column));
}

/*
 * A default that differs from row to row is set for new rows, and the old ones are filled afterwards, before the
 * column becomes NOT NULL.  A foreign key comes when its column has an index.
 */
static void set_filling(struct generation *generation, struct data *map, const struct column_spec *spec)
{
    struct arena *arena = generation->arena;
    const struct data *old = data_set(map, "old", generate_old_column(generation, spec->name));
    const struct expression *value = spec->default_value == NULL ? NULL : clause_expression(arena, spec->default_value);
    bool varies = value != NULL && schema_expression_is_volatile(generation->schema, value) != TRUTH_NO;
    bool there = data_is_true(old), known = value != NULL && !value->null;
    data_set_bool(arena, map, "fill", varies || (there && known));
    data_set_bool(arena, map, "refer_later", !there && generate_refers_later(generation, spec));
    data_set_bool(arena, map, "drops_required", data_is_true(data_find(old, "required")));
    set_not_filled(generation, map, spec);
    data_set_bool(arena, map, "require_later",
                  there ? !data_is_true(data_find(old, "not_null")) : varies && spec->not_null);
}

static const char *column_definition(struct arena *arena, const struct column_spec *spec)
{
    struct str out = str_new(arena);
    str_add(&out, is_container(spec->type) && spec->references.name == NULL ? "USING gin (" : "(");
    generate_add_identifier(&out, spec->name);
    str_add(&out, ")");
    return out.at;
}

static struct data *column_data(struct generation *generation, const struct column_spec *spec)
{
    struct arena *arena = generation->arena;
    struct data *map = data_map(arena);
    struct strings one = {0};
    *vec_add(arena, &one) = spec->name;
    data_set_text(arena, map, "name", spec->name);
    data_set_text(arena, map, "type", spec->type);
    data_set_bool(arena, map, "is_created_at", strcmp(spec->name, "created_at") == 0);
    data_set_bool(arena, map, "not_null", spec->not_null);
    data_set_bool(arena, map, "unique", spec->unique);
    data_set_bool(arena, map, "index", spec->index);
    data_set_bool(arena, map, "needs_index",
                  (spec->index || spec->references.name != NULL) && !spec->unique && !spec->primary_key &&
                      !generate_is_indexed(generation->existing, spec->name));
    data_set_bool(arena, map, "primary_key", spec->primary_key);
    data_set_text(arena, map, "default", spec->default_value);
    data_set_text(arena, map, "on_delete", spec->on_delete);
    set_filling(generation, map, spec);
    data_set(map, "references",
             reference_data(arena, &spec->references, spec->references_column, generate_schema(generation)));
    data_set_text(arena, map, "foreign_key", foreign_key(generation, spec));
    data_set_text(arena, map, "definition", column_definition(arena, spec));
    if (generation->table.name == NULL)
        return map;
    set_names(generation, map, &one);
    data_set(map, "tree", generate_index_tree(generation, data_find_text(data_find(map, "names"), "index"), &one));
    return map;
}

/* Lists of some of the columns, and whether there are any, so that a migration can depend on it. */
static const struct subset {
    const char *list, *any, *key;
} subsets[] = {
    {"primary_key_columns", "has_primary_key", "primary_key"}, {"indexed_columns", "has_indexes", "needs_index"},
    {"referring_columns", "has_references", "references"},     {"unique_columns", "has_unique", "unique"},
    {"filled_columns", "has_fill", "fill"},                    {"later_references", "has_refer_later", "refer_later"},
    {"required_columns", "has_require_later", "require_later"}, {"created_at_columns", "has_created_at", "is_created_at"}, {"dropped_required", "has_required", "drops_required"},
};

static void set_subset(struct arena *arena, struct data *map, const struct data *columns, const struct subset *subset)
{
    struct data *list = data_set(map, subset->list, data_list(arena));
    for (const struct data *item = columns->first; item != NULL; item = item->next)
        if (data_is_true(data_find(item, subset->key)))
            data_add(list, data_share(arena, item));
    data_set_bool(arena, map, subset->any, list->first != NULL);
}

/* What goes with any of the columns, each once. */
static void set_dropped(struct arena *arena, struct data *map, const struct data *columns, const char *key, const char *of)
{
    struct data *list = data_set(map, key, data_list(arena));
    struct map seen = {0};
    for (const struct data *column = columns->first; column != NULL; column = column->next) {
        const struct data *items = data_find(data_find(column, "old"), of);
        for (struct data *item = items == NULL ? NULL : items->first; item != NULL; item = item->next) {
            const char *name = data_find(item, "name")->text;
            if (map_find(&seen, name) != NULL)
                continue;
            map_put(arena, &seen, name, item);
            data_add(list, data_share(arena, item));
        }
    }
}

static void set_columns(struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    struct data *list = data_set(map, "columns", data_list(arena));
    vec_each(spec, &generation->columns)
        data_add(list, column_data(generation, spec));
    data_set_bool(arena, map, "has_columns", generation->columns.count > 0);
    for (size_t i = 0; i < sizeof subsets / sizeof *subsets; i++)
        set_subset(arena, map, list, &subsets[i]);
    data_set_bool(arena, map, "refers_to_several", generate_refers_to_several(generation));
    set_dropped(arena, map, list, "dropped_constraints", "constraints");
    set_dropped(arena, map, list, "dropped_indexes", "indexes");
    data_set(map, "column", generation->columns.count == 0 ? data_text(arena, NULL)
                                                           : column_data(generation, &generation->columns.at[0]));
}

static void set_keys(struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    struct data *list = data_set(map, "on", data_list(arena));
    struct strings columns = {0}, key = generate_primary_key(generation->existing);
    vec_each(each, &generation->keys) {
        struct data *item = data_add(list, data_map(arena));
        data_set_text(arena, item, "sql", each->sql);
        data_set_text(arena, item, "column", each->column);
        *vec_add(arena, &columns) = each->column == NULL ? "expr" : each->column;
    }
    /* A CHECK of one column is called by it. */
    const char *condition = generation->parameters[PARAMETER_EXPRESSION];
    const struct expression *check = condition == NULL || strcmp(generation->type.name, "check") != 0
                                         ? NULL : clause_expression(arena, condition);
    if (check != NULL && !check->opaque && check->columns.count == 1)
        columns = check->columns;
    data_set_texts(arena, map, "key_columns", &key);
    data_set_text(arena, map, "definition", index_definition(generation));
    data_set_bool(arena, map, "unique", data_is_true(data_find(map, "has_unique")));
    if (generation->table.name == NULL)
        return;
    set_names(generation, map, &columns);
    const char *index = generation->names[PARAMETER_INDEX];
    if (index == NULL)
        data_set_text(arena, map, "index", index = relation_name(generation, &columns, "idx"));
    data_set(map, "tree", generate_index_tree(generation, index, &columns));
    if (generation->names[PARAMETER_CONSTRAINT] == NULL)
        data_set_text(arena, map, "constraint", constraint_name(generation, &columns, generation->type.constraint));
}

static void set_texts(struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    for (enum parameter i = 0; i < PARAMETERS; i++) {
        const struct parameter_row *row = &parameter_rows[i];
        if (row->form == FORM_TEXT)
            data_set_text(arena, map, row->name, generation->parameters[i]);
        else if (row->form == FORM_NAME && data_find(map, row->name) == NULL)
            data_set_text(arena, map, row->name, generation->names[i]);
        else if (row->form == FORM_LIST) {
            struct strings parts = {0};
            if (generation->parameters[i] != NULL)
                parts = clause_split(arena, generation->parameters[i], ',');
            data_set_texts(arena, map, row->name, &parts);
            if (i == PARAMETER_VALUES)
                data_set_text(arena, map, "label", parts.count == 0 ? NULL : parts.at[0]);
        }
    }
}

const char *generate_title(struct arena *arena, const char *name)
{
    char *title = arena_strdup(arena, name);
    for (char *at = title; *at != '\0'; at++)
        if (*at == '_' || *at == '-')
            *at = ' ';
    if (*title >= 'a' && *title <= 'z')
        *title = (char)(*title - 'a' + 'A');
    return title;
}

struct data *generate_data(struct generation *generation, const struct generate_migration *migration)
{
    struct arena *arena = generation->arena;
    struct data *map = data_map(arena);
    const struct generate_request *request = generation->request;
    data_set_text(arena, map, "name", migration->name);
    data_set_text(arena, map, "title", generate_title(arena, migration->name));
    data_set_text(arena, map, "type", generation->type.name);
    data_set_text(arena, map, "summary", generation->type.summary);
    data_set_text(arena, map, "service", request->service->schema == NULL ? NULL : request->service->name);
    data_set_text(arena, map, "schema", generate_schema(generation));
    data_set_text(arena, map, "version", migration->version);
    data_set(map, "table", generation->table.name == NULL
                               ? data_text(arena, NULL) : name_data(arena, &generation->table, generate_schema(generation)));
    data_set(map, "object", generation->object.name == NULL
                                ? data_text(arena, NULL) : name_data(arena, &generation->object, generate_schema(generation)));
    set_columns(generation, map);
    set_keys(generation, map);
    data_set(map, "references", reference_data(arena, &generation->references, generation->references_column,
                                               generate_schema(generation)));
    data_set(map, "existing", generate_existing_data(generation));
    generate_set_partitions(generation, map);
    data_set(map, "old", generate_old_column(generation, generation->names[PARAMETER_OLD_NAME]));
    generate_set_key(generation, map);
    generate_set_fill(generation, map);
    generate_set_rename(generation, map);
    generate_set_partition(generation, map);
    set_texts(generation, map);
    generate_set_object(generation, map);
    generate_set_rows(generation, map);
    data_set(map, "seed", seed_rows_data(generation));
    return map;
}
