/* Partitioned tables, for templates: the partitions that hold rows, the parts of an index, and how a foreign key comes. */
#include "write/generating.h"

#include "base/str.h"
#include "schema/schema_change.h"

/* The first server that adds NOT VALID foreign keys to partitioned tables. */
enum { NOT_VALID_SINCE = 18 };

/* The table and all below it, each behind what it is a partition of. */
static void add_tree(struct arena *arena, struct relation *table, struct relation_refs *tree)
{
    *vec_add(arena, tree) = table;
    vec_each(partition, &table->partitions)
        if ((*partition)->exists)
            add_tree(arena, *partition, tree);
}

struct relation_refs generate_tree(const struct generation *generation)
{
    struct relation_refs tree = {0};
    if (generation->existing != NULL && generation->existing->partition_by != 0)
        add_tree(generation->arena, generation->existing, &tree);
    return tree;
}

static void set_relation(struct arena *arena, struct data *item, const struct relation *relation)
{
    data_set_text(arena, item, "schema", relation->schema);
    data_set_text(arena, item, "name", relation->name);
    data_set_text(arena, item, "sql", generate_qualified(arena, relation->schema, relation->name));
}

static bool has_references(const struct generation *generation)
{
    vec_each(spec, &generation->columns)
        if (spec->references.name != NULL)
            return true;
    return false;
}

void generate_set_partitions(const struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    struct relation_refs tree = generate_tree(generation);
    struct data *list = data_set(map, "partitions", data_list(arena));
    bool whole = tree.count > 0 && generation->schema->server_version < NOT_VALID_SINCE && has_references(generation);
    vec_each(relation, &tree)
        if ((*relation)->partition_by == 0)
            set_relation(arena, data_add(list, data_map(arena)), *relation);
    bool bare = tree.count > 0 && list->first == NULL;
    data_set_bool(arena, map, "partitioned", tree.count > 0);
    data_set_bool(arena, map, "bare", bare);
    data_set_bool(arena, map, "bare_indexes", bare && data_is_true(data_find(map, "has_indexes")));
    data_set_bool(arena, map, "refers_whole", whole);
    data_set_bool(arena, map, "refers_by_partition", whole && list->first != NULL);
}

static const char *part_name(const struct generation *generation, const struct relation *relation, const char *name,
                             const struct strings *columns)
{
    const char *part = schema_columns_part(generation->arena, columns);
    if (relation == generation->existing)
        return name;
    return schema_choose_relation(generation->schema, relation->schema, relation->name, *part == '\0' ? NULL : part, "idx",
                                  false);
}

struct data *generate_index_tree(const struct generation *generation, const char *name, const struct strings *columns)
{
    struct arena *arena = generation->arena;
    struct relation_refs tree = generate_tree(generation);
    if (tree.count == 0)
        return data_text(arena, NULL);
    struct data *map = data_map(arena), *wholes = data_set(map, "wholes", data_list(arena));
    struct data *parts = data_set(map, "parts", data_list(arena)), *attached = data_set(map, "attached", data_list(arena));
    struct map known = {0};
    data_set_text(arena, map, "top", generate_qualified(arena, generation->existing->schema, name));
    vec_each(each, &tree) {
        const struct relation *relation = *each;
        struct data *item = data_add(relation->partition_by != 0 ? wholes : parts, data_map(arena));
        const char *chosen = part_name(generation, relation, name, columns);
        const char *sql = generate_qualified(arena, relation->schema, chosen);
        set_relation(arena, item, relation);
        data_set_text(arena, item, "index", chosen);
        data_set_text(arena, item, "index_sql", sql);
        map_put(arena, &known, data_find_text(item, "sql"), item);
        if (relation == generation->existing)
            continue;
        struct data *pair = data_add(attached, data_map(arena));
        data_set_text(arena, pair, "part", sql);
        const char *parent = generate_qualified(arena, relation->parent->schema, relation->parent->name);
        data_set_text(arena, pair, "whole", data_find_text(map_find(&known, parent), "index_sql"));
    }
    return map;
}
