/* New partitions: of a table that is there, or that is new with them.  And the key that a partitioned table can have. */
#include "write/generating.h"

#include "base/str.h"
#include "schema/effect.h"
#include "schema/schema_change.h"
#include "text/quote.h"

#include <string.h>

/* --- how the table is partitioned */

static void take_existing(struct generation *generation)
{
    struct partition_way *way = &generation->way;
    const struct relation *table = generation->existing;
    way->strategy = table->partition_by;
    vec_each(key, &table->partition_keys) {
        const struct column *column = key->column == NULL ? NULL : generate_column(table, key->column);
        *vec_add(generation->arena, &way->columns) = key->column;
        *vec_add(generation->arena, &way->types) = column == NULL ? NULL : column->type.name;
    }
}

static bool has_own_key(const struct generation *generation)
{
    vec_each(spec, &generation->columns)
        if (spec->primary_key)
            return true;
    return false;
}

/* The type of a column of the new table; false: it will have none of that name. */
static bool find_new_column(const struct generation *generation, const char *name, const char **type)
{
    struct type_name read = {0};
    *type = NULL;
    vec_each(spec, &generation->columns)
        if (strcmp(spec->name, name) == 0) {
            *type = clause_type(generation->arena, spec->type, &read) == NULL ? read.name : NULL;
            return true;
        }
    *type = strcmp(name, "id") == 0 ? "int8" : "timestamptz";
    return strcmp(name, "created_at") == 0 || (strcmp(name, "id") == 0 && !has_own_key(generation));
}

static int refuse_unique(const struct generation *generation, const char *column, struct err *err)
{
    vec_each(spec, &generation->columns)
        if (spec->unique && !str_same(spec->name, column)) {
            err_set(err, ERR_USAGE, "COLUMNS: column \"%s\" cannot be unique: the table is partitioned by %s", spec->name,
                    column == NULL ? "an expression" : column);
            return err_hint(err, "a unique key has to hold the columns that the table is partitioned by");
        }
    return 0;
}

static int read_way(const struct generation *generation, struct partition_way *way, struct err *err)
{
    const char *text = generation->parameters[PARAMETER_PARTITION_BY];
    const char *why = clause_partition_by(generation->arena, text, &way->strategy, &way->columns);
    if (why != NULL)
        return err_set(err, ERR_USAGE, "PARTITION_BY: \"%s\" %s", text, why);
    if (way->strategy == 'l' && way->columns.count > 1)
        return err_set(err, ERR_USAGE, "PARTITION_BY: \"%s\": a list is of one column", text);
    return 0;
}

static bool index_holds(const struct relation *index, const char *column)
{
    vec_each(key, &index->keys)
        if (column != NULL && str_same(key->column, column))
            return true;
    return false;
}

/* A partition that is itself partitioned has the keys of the table, which have to hold its columns. */
static int check_part_way(const struct generation *generation, struct err *err)
{
    struct partition_way way = {0};
    const struct relation *table = generation->existing;
    if (read_way(generation, &way, err) != 0)
        return -1;
    vec_each(column, &way.columns) {
        if (*column != NULL && table->complete && generate_column(table, *column) == NULL)
            return generate_no_column(generation, PARAMETER_PARTITION_BY, table, *column, err);
        vec_each(index, &table->indexes)
            if ((*index)->exists && ((*index)->flags & FLAG_UNIQUE) != 0 && !index_holds(*index, *column)) {
                err_set(err, ERR_USAGE, "PARTITION_BY: the unique key %s of %s.%s does not hold %s", (*index)->name,
                        table->schema, table->name, *column == NULL ? "an expression" : *column);
                return err_hint(err, "a unique key has to hold the columns that its table is partitioned by, and so those "
                                     "that a partition is");
            }
    }
    return 0;
}

static int take_new(struct generation *generation, struct err *err)
{
    struct partition_way *way = &generation->way;
    const char *type;
    if (read_way(generation, way, err) != 0)
        return -1;
    if (generation->existing != NULL)
        return 0;
    vec_each(column, &way->columns) {
        if (*column != NULL && !find_new_column(generation, *column, &type)) {
            err_set(err, ERR_USAGE, "PARTITION_BY: the table has no column \"%s\"", *column);
            return err_hint(err, "COLUMNS= has to say it: %s:date:not-null", *column);
        }
        *vec_add(generation->arena, &way->types) = *column == NULL ? NULL : type;
        if (refuse_unique(generation, *column, err) != 0)
            return -1;
    }
    return 0;
}

/* --- what the partitions may be */

static const char *partition_name(const struct generation *generation, const struct partition_spec *spec)
{
    return spec->name != NULL ? spec->name
                              : schema_object_name(generation->arena, generation->table.name, NULL, spec->label);
}

static int is_made(const struct relation *partition, const struct generation *generation, struct err *err)
{
    if (partition->created_by == NULL)
        return -1;
    return err_hint(err, "%s makes it", migration_label(generation->arena, partition->created_by));
}

static int refuse_there(const struct generation *generation, const struct partition_spec *spec, struct err *err)
{
    struct object_name name = {generation->table.schema, partition_name(generation, spec)};
    const struct relation *same = generate_relation(generation, &name), *table = generation->existing;
    if (same != NULL) {
        err_set(err, ERR_USAGE, "PARTITION: there is a table %s.%s already", name.schema, name.name);
        return is_made(same, generation, err);
    }
    if (table == NULL)
        return 0;
    if (spec->is_default && table->default_partition != NULL && table->default_partition->exists) {
        err_set(err, ERR_USAGE, "PARTITION: %s is the DEFAULT partition already", table->default_partition->name);
        return is_made(table->default_partition, generation, err);
    }
    vec_each(partition, &table->partitions) {
        if (!(*partition)->exists || spec->is_default || !effect_bounds_overlap(&(*partition)->bound, &spec->bound))
            continue;
        err_set(err, ERR_USAGE, "PARTITION: %s overlaps partition %s", spec->sql, (*partition)->name);
        return is_made(*partition, generation, err);
    }
    return 0;
}

static bool has_default(const struct generation *generation)
{
    const struct relation *table = generation->existing;
    return table != NULL && table->default_partition != NULL && table->default_partition->exists;
}

static int refuse_beside_default(const struct generation *generation, const struct partition_spec *spec, struct err *err)
{
    const struct relation *table = generation->existing;
    if (!has_default(generation) || spec->is_default ||
        (generation->way.columns.count == 1 && generation->way.columns.at[0] != NULL))
        return 0;
    err_set(err, ERR_USAGE, "PARTITION: %s has the DEFAULT partition %s, which would be read for rows of the new one while "
                            "nobody can use it", table->name, table->default_partition->name);
    return err_hint(err, "that is spared by a valid CHECK there that excludes them: over a key of several columns or of an "
                         "expression, write it by hand, and try it");
}

/* A name tells a value of a list in small letters only. */
static int refuse_guess(const struct generation *generation, const struct partition_spec *spec, struct err *err)
{
    if (generation->way.strategy != 'l' || spec->is_default || generation->request->parameters[PARAMETER_PARTITION] != NULL)
        return 0;
    err_set(err, ERR_USAGE, "partition: the name \"%s\" does not tell its values", generation->request->name);
    return err_hint(err, "PARTITION=: values with commas, with a name before: %s:DE,FR",
                    partition_name(generation, spec));
}

/* Of texts a collation says which comes first. */
static bool is_text(const struct generation *generation)
{
    static const char *const types[] = {"text", "varchar", "bpchar", "citext"};
    const struct strings *known = &generation->way.types;
    for (size_t i = 0; known->count > 0 && i < sizeof types / sizeof *types; i++)
        if (str_same(known->at[0], types[i]))
            return true;
    return known->count == 0 || known->at[0] == NULL;
}

static int refuse_empty(const struct generation *generation, const struct partition_spec *spec, struct err *err)
{
    if (spec->is_default || is_text(generation) || !effect_bound_is_empty(&spec->bound))
        return 0;
    err_set(err, ERR_USAGE, "PARTITION: %s holds no value", spec->sql);
    return err_hint(err, "from..to: the first value that belongs into it, and behind it the first one that does not any more");
}

static int check_all(const struct generation *generation, struct err *err)
{
    vec_each(spec, &generation->partitions) {
        if (refuse_guess(generation, spec, err) != 0 || refuse_empty(generation, spec, err) != 0 || refuse_there(generation, spec, err) != 0 ||
            refuse_beside_default(generation, spec, err) != 0)
            return -1;
        for (const struct partition_spec *other = generation->partitions.at; other < spec; other++)
            if (strcmp(partition_name(generation, other), partition_name(generation, spec)) == 0 ||
                strcmp(other->sql, spec->sql) == 0 ||
                (!other->is_default && !spec->is_default && effect_bounds_overlap(&other->bound, &spec->bound)))
                return err_set(err, ERR_USAGE, "PARTITION: %s overlaps %s, or has its name", spec->sql, other->sql);
    }
    return 0;
}

int generate_read_partitions(struct generation *generation, struct err *err)
{
    const char *text = generation->parameters[PARAMETER_PARTITION];
    const struct relation *table = generation->existing;
    bool of_existing = generation->type.existing_table == DEMAND_YES;
    if (!of_existing && generation->parameters[PARAMETER_PARTITION_BY] != NULL && take_new(generation, err) != 0)
        return -1;
    if (text == NULL)
        return 0;
    if (of_existing && table != NULL && table->complete && table->partition_by == 0)
        return err_set(err, ERR_USAGE, "%s.%s is not partitioned", table->schema, table->name);
    if (!of_existing && generation->parameters[PARAMETER_PARTITION_BY] == NULL) {
        err_set(err, ERR_USAGE, "PARTITION: the new table is not partitioned");
        return err_hint(err, "PARTITION_BY=: %s", parameter_rows[PARAMETER_PARTITION_BY].about);
    }
    if (of_existing && table != NULL)
        take_existing(generation);
    if (of_existing && table != NULL && generation->parameters[PARAMETER_PARTITION_BY] != NULL &&
        check_part_way(generation, err) != 0)
        return -1;
    if (partition_specs_read(generation->arena, text, &generation->way, &generation->partitions, err) != 0)
        return -1;
    return check_all(generation, err);
}

/* --- for templates */

/* What no row of the default partition may be: at < '2026-01-01' OR at >= '2026-02-01'. */
static const char *exclusion(const struct generation *generation, const struct partition_spec *spec)
{
    struct str out = str_new(generation->arena), name = str_new(generation->arena);
    const struct partition_bound *bound = &spec->bound;
    bool nothing = false;
    size_t written = 0;
    generate_add_identifier(&name, generation->way.columns.at[0]);
    if (bound->strategy == 'r') {
        if (bound->from.at[0] != NULL)
            str_addf(&out, "%s < %s", name.at, quote_literal(out.arena, bound->from.at[0]));
        if (bound->to.at[0] != NULL)
            str_addf(&out, "%s%s >= %s", out.length == 0 ? "" : " OR ", name.at, quote_literal(out.arena, bound->to.at[0]));
        return out.length == 0 ? "false" : out.at;
    }
    vec_each(value, &bound->values)
        nothing |= *value == NULL;
    if (nothing)
        str_addf(&out, "%s IS NOT NULL", name.at);
    vec_each(value, &bound->values)
        if (*value != NULL) {
            if (written++ == 0)
                str_addf(&out, "%s%s NOT IN (", nothing ? " AND " : "", name.at);
            str_addf(&out, "%s%s", written == 1 ? "" : ", ", quote_literal(out.arena, *value));
        }
    str_add(&out, written > 0 ? ")" : "");
    return out.at;
}

static void fill_partition(const struct generation *generation, struct data *item, const struct partition_spec *spec)
{
    struct arena *arena = generation->arena;
    const char *name = partition_name(generation, spec);
    bool range = spec->bound.from.count == 1 && spec->bound.to.count == 1;
    bool excluded = has_default(generation) && !spec->is_default && generation->way.columns.count == 1;
    data_set_text(arena, item, "name", name);
    data_set_text(arena, item, "bound", spec->sql);
    data_set_text(arena, item, "from", range ? spec->bound.from.at[0] : NULL);
    data_set_text(arena, item, "to", range ? spec->bound.to.at[0] : NULL);
    data_set_text(arena, item, "sql",
                  generation->table.schema == NULL ? NULL : generate_qualified(arena, generation->table.schema, name));
    data_set_text(arena, item, "excluded", excluded ? exclusion(generation, spec) : NULL);
    data_set_text(arena, item, "exclusion", excluded ? schema_object_name(arena, name, NULL, "excluded") : NULL);
}

/* "a, b": the key that the new table can have; NULL where it is partitioned by an expression. */
static const char *table_key(const struct generation *generation)
{
    struct str out = str_new(generation->arena);
    bool own = has_own_key(generation);
    if (!own)
        str_add(&out, "id");
    vec_each(spec, &generation->columns)
        if (spec->primary_key) {
            str_add(&out, out.length == 0 ? "" : ", ");
            generate_add_identifier(&out, spec->name);
        }
    vec_each(column, &generation->way.columns) {
        bool there = *column != NULL && !own && strcmp(*column, "id") == 0;
        if (*column == NULL)
            return NULL;
        vec_each(spec, &generation->columns)
            there |= spec->primary_key && strcmp(spec->name, *column) == 0;
        if (there)
            continue;
        str_add(&out, ", ");
        generate_add_identifier(&out, *column);
    }
    return out.at;
}

void generate_set_partition(const struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    struct data *list = data_set(map, "new_partitions", data_list(arena));
    bool of_existing = generation->existing != NULL;
    size_t keys = 0;
    vec_each(spec, &generation->columns)
        keys += spec->primary_key;
    vec_each(spec, &generation->partitions)
        fill_partition(generation, data_add(list, data_map(arena)), spec);
    data_set(map, "partition", list->first == NULL ? data_text(arena, NULL) : data_share(arena, list->first));
    data_set_bool(arena, map, "excludes", list->first != NULL && data_is_true(data_find(list->first, "excluded")));
    data_set_text(arena, map, "default_partition",
                  has_default(generation) ? generate_qualified(arena, generation->existing->default_partition->schema,
                                                               generation->existing->default_partition->name) : NULL);
    data_set_bool(arena, map, "key_apart", keys > 1 || (!of_existing && generation->way.strategy != 0));
    data_set_text(arena, map, "table_key", of_existing ? NULL : table_key(generation));
}
