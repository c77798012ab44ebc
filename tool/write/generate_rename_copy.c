/* What hangs on the copy of a column that is renamed: indexes, which the original gets too; the rest is refused. */
#include "write/generate_rename.h"

#include "base/str.h"
#include "schema/schema_change.h"
#include "write/generating.h"

#include <ctype.h>
#include <string.h>

static bool mentions(const struct expression *expression, const char *name)
{
    return expression != NULL && generate_names_column(&expression->columns, name);
}

static bool is_plain_index(const struct relation *index, const char *column)
{
    vec_each(key, &index->keys)
        if (mentions(key->expression, column))
            return false;
    return !mentions(index->predicate, column);
}

static bool is_on(const struct relation *index, const char *column)
{
    vec_each(key, &index->keys)
        if (str_same(key->column, column))
            return true;
    return generate_names_column(&index->including, column) || !is_plain_index(index, column);
}

/* What stands behind the column of a key: "remark DESC" is " DESC". */
static const char *behind_column(const char *text)
{
    bool quoted = *text == '"';
    text += quoted;
    while (*text != '\0' && (quoted ? *text != '"' || text[1] == '"'
                                    : isalnum((unsigned char)*text) || strchr("_$", *text) != NULL || (*text & 0x80) != 0))
        text += quoted && *text == '"' ? 2 : 1;
    return text + (quoted && *text == '"');
}

/* The index as it would be of the original: of a column with another name, and under a name of its own. */
static const char *index_sql(const struct generation *generation, const struct relation *index, const char *name, bool unique)
{
    struct arena *arena = generation->arena;
    const char *old = generation->names[PARAMETER_OLD_NAME], *new = generation->names[PARAMETER_NEW_NAME];
    struct relation changed = *index;
    changed.name = name;
    changed.flags = unique ? index->flags : index->flags & ~(unsigned)FLAG_UNIQUE;
    changed.keys = (struct key_parts){0};
    changed.including = (struct strings){0};
    vec_each(key, &index->keys) {
        struct key_part *part = vec_add(arena, &changed.keys);
        *part = *key;
        if (key->column == NULL)
            continue;
        const char *column = strcmp(key->column, new) == 0 ? old : key->column;
        *part = (struct key_part){
            .column = column,
            .text = arena_printf(arena, "%s%s", generate_identifier(arena, column), key->text == NULL ? "" : behind_column(key->text))};
    }
    vec_each(column, &index->including)
        *vec_add(arena, &changed.including) = strcmp(*column, new) == 0 ? old : *column;
    return generate_index_sql(arena, generation->existing, &changed);
}

/* Does the original have an index that does what that of the copy does? */
static bool has_twin(const struct generation *generation, const struct relation *index)
{
    bool unique = (index->flags & FLAG_UNIQUE) != 0;
    const char *sql = index_sql(generation, index, "x", unique), *new = generation->names[PARAMETER_NEW_NAME];
    vec_each(each, &generation->existing->indexes) {
        const struct relation *other = *each;
        if (other->exists && other->valid != TRUTH_NO && !is_on(other, new) &&
            str_same(index_sql(generation, other, "x", unique), sql))
            return true;
    }
    return false;
}

static const char *concurrently(struct arena *arena, const char *sql)
{
    const char *behind = strstr(sql, "INDEX ") + strlen("INDEX ");
    return arena_printf(arena, "%.*sCONCURRENTLY %s", (int)(behind - sql), sql, behind);
}

static struct data *add_index(const struct generation *generation, struct data *list, const struct relation *index,
                              const char *name)
{
    struct arena *arena = generation->arena;
    struct data *item = data_add(list, data_map(arena));
    data_set_text(arena, item, "sql", concurrently(arena, index_sql(generation, index, name, true)));
    data_set_text(arena, item, "index_sql", generate_qualified(arena, index->schema, name));
    data_set_text(arena, item, "final_sql", generate_qualified(arena, index->schema, index->name));
    data_set_text(arena, item, "name", index->name);
    data_set_text(arena, item, "carried", name);
    return item;
}

void generate_set_copy(const struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    struct data *copied = data_set(map, "copied_indexes", data_list(arena));
    struct data *carried = data_set(map, "carried_indexes", data_list(arena));
    const char *new = generation->names[PARAMETER_NEW_NAME];
    vec_each(each, &generation->existing->indexes) {
        const struct relation *index = *each;
        if (!index->exists || !is_on(index, new) || !is_plain_index(index, new) || index_sql(generation, index, "x", true) == NULL)
            continue;
        add_index(generation, copied, index, index->name);
        if (!has_twin(generation, index))
            add_index(generation, carried, index, schema_object_name(arena, index->name, NULL, "carried"));
    }
    data_set_bool(arena, map, "has_carried_indexes", carried->first != NULL);
}

static int refuse(const struct generation *generation, const char *what, struct err *err)
{
    const char *new = generation->names[PARAMETER_NEW_NAME];
    err_set(err, ERR_USAGE, "column \"%s\" of %s.%s is a copy that goes, and with it %s", new, generation->existing->schema,
            generation->existing->name, what);
    return err_hint(err, "give the same to \"%s\", which stays and gets the name, and take it from \"%s\"",
                    generation->names[PARAMETER_OLD_NAME], new);
}

static int refuse_index(const struct generation *generation, const struct relation *index, struct err *err)
{
    const char *new = generation->names[PARAMETER_NEW_NAME];
    if (!index->exists || !is_on(index, new) ||
        (is_plain_index(index, new) && generation->existing->partition_by == 0 && index_sql(generation, index, "x", true) != NULL))
        return 0;
    return refuse(generation, arena_printf(generation->arena, "its index %s", index->name), err);
}

/* A view that came after the copy and has its name in its text: PostgreSQL drops no column that a view shows. */
static int refuse_view(const struct generation *generation, const struct relation *view, const struct column *copy,
                       struct err *err)
{
    if (!view->exists || view->transaction <= copy->transaction)
        return 0;
    struct strings statements = generate_view_statements(generation, view);
    vec_each(statement, &statements)
        if (strcasestr(*statement, copy->name) != NULL)
            return refuse(generation, arena_printf(generation->arena, "the view %s", view->name), err);
    return 0;
}

int generate_refuse_copy(const struct generation *generation, struct err *err)
{
    const struct relation *table = generation->existing;
    const char *new = generation->names[PARAMETER_NEW_NAME];
    const struct column *copy = generate_column(table, new);
    vec_each(constraint, &table->constraints)
        if (!constraint->dropped && (generate_names_column(&constraint->columns, new) || mentions(constraint->check, new)))
            return refuse(generation, arena_printf(generation->arena, "its constraint %s", constraint->name), err);
    if (copy->has_default)
        return refuse(generation, "its default", err);
    if (copy->not_null == TRUTH_YES)
        return refuse(generation, "its NOT NULL", err);
    if (copy->comment != NULL)
        return refuse(generation, "its comment", err);
    vec_each(view, &table->views)
        if (refuse_view(generation, *view, copy, err) != 0)
            return -1;
    vec_each(index, &table->indexes)
        if (refuse_index(generation, *index, err) != 0)
            return -1;
    return 0;
}
