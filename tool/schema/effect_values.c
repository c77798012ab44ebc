/* Does every value survive a change of its column's type?  What is made of it by USING is another value. */
#include "schema/effect.h"

#include "base/str.h"

#include <string.h>

static const char *const wider[][2] = {
    {"int2", "int4"}, {"int2", "int8"}, {"int4", "int8"}, {"int2", "numeric"}, {"int4", "numeric"}, {"int8", "numeric"},
    {"int2", "float4"}, {"int2", "float8"}, {"int4", "float8"}, {"float4", "float8"}, {"date", "timestamp"},
    {"date", "timestamptz"}, {"timestamp", "timestamptz"}, {"char", "text"}, {"name", "text"}, {"uuid", "text"},
    {"int2", "text"}, {"int4", "text"}, {"int8", "text"}, {"numeric", "text"}, {"bool", "text"}, {"inet", "text"},
    {"int2", "varchar"}, {"int4", "varchar"}, {"int8", "varchar"}, {"uuid", "varchar"}, {"json", "text"}, {"jsonb", "text"}};

static bool is_wider(const struct type_name *from, const struct type_name *to)
{
    for (size_t i = 0; i < sizeof(wider) / sizeof(*wider); i++)
        if (strcmp(from->name, wider[i][0]) == 0 && strcmp(to->name, wider[i][1]) == 0)
            return to->modifier_count == 0 && from->dimensions == to->dimensions;
    return false;
}

static bool only_casts(const struct expression *expression, const char *column)
{
    return expression == NULL || (expression->cast_only && expression->columns.count == 1 &&
                                  strcmp(expression->columns.at[0], column) == 0);
}

enum truth effect_type_change_keeps_values(const struct schema *schema, const struct relation *relation,
                                           const struct action *action)
{
    enum truth indexes;
    const struct column *column = relation == NULL ? NULL : relation_column(relation, action->column);
    bool casts = only_casts(action->expression, action->column);
    if (casts && effect_type_change_is_free(schema, relation, action, &indexes) == TRUTH_YES)
        return TRUTH_YES;
    if (column == NULL || column->type.name == NULL || action->type.name == NULL)
        return TRUTH_UNKNOWN;
    bool same = casts && strcmp(column->type.name, action->type.name) == 0 && str_same(column->type.schema, action->type.schema) &&
                column->type.modifier_count == 0 && action->type.modifier_count == 0 &&
                column->type.dimensions == action->type.dimensions;
    return truth_of(same || (casts && is_wider(&column->type, &action->type)));
}

/* --- what is refused */

static int integer_size(const char *name)
{
    static const char *const names[][3] = {{"int2", "smallserial", "serial2"}, {"int4", "serial", "serial4"},
                                           {"int8", "bigserial", "serial8"}};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            if (strcmp(name, names[i][j]) == 0)
                return i + 1;
    return 0;
}

static bool is_text(const struct type_name *type)
{
    return strcmp(type->name, "text") == 0 || strcmp(type->name, "varchar") == 0 || strcmp(type->name, "bpchar") == 0;
}

/* Its digits behind the point; -1: as many as a value has. */
static int scale_of(const struct type_name *type)
{
    if (integer_size(type->name) > 0)
        return 0;
    return type->modifier_count == 0 ? -1 : type->modifier_count == 1 ? 0 : type->modifiers[1];
}

/* Numbers are rounded where digits behind the point are too many; those before it must fit. */
static bool keeps_digits(const struct type_name *from, const struct type_name *to)
{
    bool number = integer_size(from->name) > 0 || strcmp(from->name, "numeric") == 0;
    bool fitting = integer_size(to->name) > 0 || strcmp(to->name, "numeric") == 0;
    int old = scale_of(from), new = scale_of(to);
    return number && fitting && (new < 0 || (old >= 0 && old <= new));
}

bool effect_type_change_refuses(const struct relation *relation, const struct action *action)
{
    const struct column *column = relation == NULL ? NULL : relation_column(relation, action->column);
    const struct type_name *to = &action->type;
    if (column == NULL || column->type.name == NULL || to->name == NULL || column->type.dimensions != to->dimensions)
        return false;
    if (keeps_digits(&column->type, to))
        return only_casts(action->expression, action->column);
    return is_text(&column->type) && is_text(to) && action->expression == NULL; /* a cast that is written cuts */
}
