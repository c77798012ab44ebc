#include "review/padding.h"

#include <string.h>

static const struct fixed {
    const char *name;
    size_t length, alignment;
} fixed[] = {
    {"bool", 1, 1}, {"char", 1, 1}, {"int2", 2, 2}, {"smallserial", 2, 2}, {"serial2", 2, 2}, {"int4", 4, 4},
    {"serial", 4, 4}, {"serial4", 4, 4}, {"float4", 4, 4}, {"oid", 4, 4}, {"xid", 4, 4}, {"date", 4, 4},
    {"macaddr", 6, 4}, {"macaddr8", 8, 4}, {"int8", 8, 8}, {"bigserial", 8, 8}, {"serial8", 8, 8}, {"float8", 8, 8},
    {"money", 8, 8}, {"time", 8, 8}, {"timestamp", 8, 8}, {"timestamptz", 8, 8}, {"pg_lsn", 8, 8}, {"timetz", 12, 8},
    {"interval", 16, 8}, {"point", 16, 8}, {"uuid", 16, 1},
};

static const struct fixed *find(const struct type_name *type)
{
    for (size_t i = 0; type->dimensions == 0 && i < sizeof fixed / sizeof *fixed; i++)
        if (strcmp(fixed[i].name, type->name) == 0)
            return &fixed[i];
    return NULL;
}

size_t padding_of(const struct column_defs *columns)
{
    size_t offset = 0, wasted = 0;
    vec_each(column, columns) {
        const struct fixed *type = column->type.name == NULL ? NULL : find(&column->type);
        if (type == NULL) {
            offset = 0;
            continue;
        }
        size_t gap = (type->alignment - offset % type->alignment) % type->alignment;
        wasted += gap;
        offset += gap + type->length;
    }
    return wasted;
}
