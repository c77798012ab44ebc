/* Values of rows that are made up, by the type of their column: SQL on the row's number i, the same at any time. */
#include "write/seed_rows.h"

#include "base/str.h"
#include "review/names.h"
#include "text/quote.h"

#include <stdlib.h>
#include <string.h>

#define DAY "DATE '2026-01-01' + i"
#define MOMENT "TIMESTAMP '2026-01-01 00:00' + i * INTERVAL '1 hour'"
#define INSTANT "TIMESTAMPTZ '2026-01-01 00:00+00' + i * INTERVAL '1 hour'"
#define HOUR " + INTERVAL '1 hour'"

/* Ranges follow one another, so that none overlaps another. */
static const struct plain_value {
    const char *type, *value;
    bool distinct;
} plain_values[] = {
    {"float4", "i", true},
    {"float8", "i", true},
    {"oid", "i", true},
    {"money", "i::money", true},
    {"bool", "i % 2 = 0", false},
    {"date", DAY, true},
    {"timestamp", MOMENT, true},
    {"timestamptz", INSTANT, true},
    {"time", "TIME '00:00' + i * INTERVAL '1 minute'", false},
    {"interval", "i * INTERVAL '1 minute'", true},
    {"json", "json_build_object('number', i)", true},
    {"jsonb", "jsonb_build_object('number', i)", true},
    {"bytea", "convert_to('number ' || i, 'UTF8')", true},
    {"inet", "INET '10.0.0.0' + i", true},
    {"cidr", "set_masklen(INET '10.0.0.0' + i, 32)::cidr", true},
    {"point", "point(i, i)", true},
    {"tsvector", "to_tsvector('simple', 'word' || i)", true},
    {"int4range", "int4range(i, i + 1)", true},
    {"int8range", "int8range(i, i + 1)", true},
    {"numrange", "numrange(i, i + 1)", true},
    {"daterange", "daterange(" DAY ", " DAY " + 1)", true},
    {"tsrange", "tsrange(" MOMENT ", " MOMENT HOUR ")", true},
    {"tstzrange", "tstzrange(" INSTANT ", " INSTANT HOUR ")", true},
};

static bool is_one_of(const struct type_name *type, const char *const names[])
{
    for (size_t i = 0; type != NULL && type->name != NULL && names[i] != NULL; i++)
        if (strcmp(type->name, names[i]) == 0)
            return true;
    return false;
}

static bool is_text(const struct type_name *type)
{
    static const char *const names[] = {"text", "varchar", "bpchar", "citext", "name", NULL};
    return is_one_of(type, names);
}

static bool is_whole(const struct type_name *type)
{
    static const char *const names[] = {"int2", "int4", "int8", "numeric", NULL};
    return is_one_of(type, names);
}

const struct type_name *seed_rows_type(const struct generation *generation, const struct type_name *type)
{
    enum { DEEPEST = 16 };
    for (int depth = 0; depth < DEEPEST && type->name != NULL; depth++) {
        struct object_name name = {type->schema, type->name};
        const struct type *known = schema_type(generation->schema, &name);
        if (known == NULL || known->kind != TYPE_DOMAIN || known->base.name == NULL || type->dimensions > 0)
            return type;
        type = &known->base;
    }
    return type;
}

bool seed_rows_is_incomparable(const struct generation *generation, const struct type_name *type)
{
    static const char *const names[] = {"json", "xml", "point", "line", "lseg", "box", "path", "polygon", "circle", NULL};
    return is_one_of(seed_rows_type(generation, type), names);
}

static int digits_of(long number)
{
    int digits = 1;
    for (; number > 9; number /= 10)
        digits++;
    return digits;
}

/* Words in turn. */
static void cycle(const struct generation *generation, struct seed_column *column, const struct type_name *type,
                  const struct strings *words)
{
    struct arena *arena = generation->arena;
    const char *name = names_type(arena, type);
    struct str list = str_new(arena);
    column->distinct = words->count >= (size_t)generation->seed->count;
    if (words->count == 1) {
        column->value = arena_printf(arena, "%s::%s", quote_literal(arena, words->at[0]), name);
        return;
    }
    for (size_t i = 0; i < words->count; i++)
        str_addf(&list, "%s%s", i == 0 ? "" : ", ", quote_literal(arena, words->at[i]));
    column->value = arena_printf(arena, "(ARRAY[%s]::%s[])[(i - 1) %% %zu + 1]", list.at, name, words->count);
}

/* What its name says of a text: before the number and behind it. */
static void words_of(struct arena *arena, const char *name, const char **before, const char **behind)
{
    *behind = "";
    if (strstr(name, "email") != NULL)
        *before = "person", *behind = "@example.org";
    else if (strstr(name, "url") != NULL || strstr(name, "website") != NULL)
        *before = "https://example.org/";
    else
        *before = arena_printf(arena, "%s ", name);
}

static void make_text(const struct generation *generation, struct seed_column *column, const struct type_name *type)
{
    enum { LETTERS = 26 };
    struct arena *arena = generation->arena;
    size_t limit = type->modifier_count > 0 ? (size_t)type->modifiers[0] : SIZE_MAX;
    size_t digits = (size_t)digits_of(generation->seed->count);
    const char *before, *behind;
    words_of(arena, column->column->name, &before, &behind);
    column->distinct = true;
    if (strlen(before) + digits + strlen(behind) > limit)
        before = behind = "";
    if (digits > limit) {
        column->distinct = generation->seed->count <= LETTERS;
        column->value = arena_printf(arena, "chr(97 + (i - 1) %% %d)", LETTERS);
        return;
    }
    column->value = *before == '\0' ? "i::text" : arena_printf(arena, "%s || i", quote_literal(arena, before));
    if (*behind != '\0')
        column->value = arena_printf(arena, "%s || %s", column->value, quote_literal(arena, behind));
}

/* What numeric(4,2) can hold before its point. */
static void limit_by_type(const struct type_name *type, struct seed_limits *limits)
{
    enum { ENOUGH = 9 };
    int whole = type->modifier_count > 1 ? type->modifiers[0] - type->modifiers[1] : type->modifiers[0];
    if (strcmp(type->name, "numeric") != 0 || type->modifier_count == 0 || whole > ENOUGH)
        return;
    long long most = 1;
    for (int i = 0; i < whole; i++)
        most *= 10;
    if (!limits->has_most || limits->most > most - 1)
        limits->most = most - 1;
    limits->has_most = true;
}

static void make_number(const struct generation *generation, struct seed_column *column, const struct type_name *type,
                        struct seed_limits limits)
{
    long count = generation->seed->count;
    limit_by_type(type, &limits);
    if (!limits.has_least)
        limits.least = limits.has_most && limits.most < 1 ? limits.most - count + 1 : 1;
    long long room = limits.has_most ? limits.most - limits.least + 1 : count;
    column->distinct = room >= count;
    const char *step = column->distinct ? "i" : arena_printf(generation->arena, "(i - 1) %% %lld + 1", room > 0 ? room : 1);
    column->value = limits.least == 1 ? step : arena_printf(generation->arena, "%lld + %s", limits.least - 1, step);
}

static bool make(const struct generation *generation, struct seed_column *column, const struct type_name *type,
                 const struct seed_limits *limits)
{
    struct object_name name = {type->schema, type->name};
    const struct type *known = type->name == NULL ? NULL : schema_type(generation->schema, &name);
    if (limits->words.count > 0)
        cycle(generation, column, type, &limits->words);
    else if (known != NULL && known->kind == TYPE_ENUM && known->labels.count > 0)
        cycle(generation, column, type, &known->labels);
    else if (is_text(type))
        make_text(generation, column, type);
    else if (is_whole(type))
        make_number(generation, column, type, *limits);
    else if (type->name != NULL && strcmp(type->name, "uuid") == 0) {
        const char *seed = arena_printf(generation->arena, "%s %s ", generation->existing->name, column->column->name);
        column->value = arena_printf(generation->arena, "md5(%s || i)::uuid", quote_literal(generation->arena, seed));
        column->distinct = true;
    } else {
        for (size_t i = 0; type->name != NULL && i < sizeof plain_values / sizeof *plain_values; i++)
            if (strcmp(plain_values[i].type, type->name) == 0) {
                column->value = plain_values[i].value;
                column->distinct = plain_values[i].distinct;
            }
    }
    return column->value != NULL;
}

bool seed_rows_value(const struct generation *generation, struct seed_column *column, const struct seed_limits *limits)
{
    const struct type_name *type = seed_rows_type(generation, &column->column->type);
    if (type->dimensions == 0)
        return make(generation, column, type, limits);
    struct type_name element = *type;
    element.dimensions = 0;
    if (!make(generation, column, seed_rows_type(generation, &element), &(struct seed_limits){0}))
        return false;
    column->value = arena_printf(generation->arena, "ARRAY[%s]::%s", column->value, names_type(generation->arena, type));
    return true;
}
