#include "write/column_spec.h"

#include "base/str.h"
#include "review/names.h"
#include "write/clause.h"
#include "text/nearest.h"

#include <string.h>
#include <strings.h>

/* Where in the text an error is. */
struct spec_reading {
    struct arena *arena;
    const char *shown;
    const char *column;
    struct err *err;
};

static int fail(const struct spec_reading *reading, const char *text, const char *why)
{
    return err_set(reading->err, ERR_USAGE, "%s: column \"%s\": \"%s\" %s", reading->shown, reading->column, text, why);
}

static int set_not_null(const struct spec_reading *reading, struct column_spec *spec, const char *value)
{
    (void)reading, (void)value;
    spec->not_null = true;
    return 0;
}

static int set_null(const struct spec_reading *reading, struct column_spec *spec, const char *value)
{
    (void)reading, (void)value;
    spec->not_null = false;
    return 0;
}

static int set_unique(const struct spec_reading *reading, struct column_spec *spec, const char *value)
{
    (void)reading, (void)value;
    spec->unique = true;
    return 0;
}

static int set_primary_key(const struct spec_reading *reading, struct column_spec *spec, const char *value)
{
    (void)reading, (void)value;
    spec->primary_key = true;
    return 0;
}

static int set_index(const struct spec_reading *reading, struct column_spec *spec, const char *value)
{
    (void)reading, (void)value;
    spec->index = true;
    return 0;
}

static int set_default(const struct spec_reading *reading, struct column_spec *spec, const char *value)
{
    const char *why = clause_default(reading->arena, value);
    spec->default_value = value;
    return why == NULL ? 0 : fail(reading, value, why);
}

static int set_references(const struct spec_reading *reading, struct column_spec *spec, const char *value)
{
    const char *why = clause_reference(reading->arena, value, &spec->references, &spec->references_column);
    return why == NULL ? 0 : fail(reading, value, why);
}

static int set_on_delete(const struct spec_reading *reading, struct column_spec *spec, const char *value)
{
    static const char *const actions[][2] = {{"cascade", "CASCADE"}, {"restrict", "RESTRICT"}, {"set-null", "SET NULL"},
                                             {"set-default", "SET DEFAULT"}, {"no-action", "NO ACTION"}};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcasecmp(actions[i][0], value) == 0 || strcasecmp(actions[i][1], value) == 0) {
            spec->on_delete = actions[i][1];
            return 0;
        }
    return fail(reading, value, "is nothing to do on delete; expected cascade, restrict, set-null, set-default or no-action");
}

static const struct word {
    const char *name, *synonym;
    bool value;
    int (*set)(const struct spec_reading *reading, struct column_spec *spec, const char *value);
} words[] = {
    {"not-null", "not null", false, set_not_null}, {"null", "nullable", false, set_null},
    {"unique", NULL, false, set_unique},           {"primary-key", "primary key", false, set_primary_key},
    {"index", "indexed", false, set_index},        {"default", NULL, true, set_default},
    {"references", NULL, true, set_references},    {"on-delete", "on delete", true, set_on_delete},
};
enum { WORDS = sizeof words / sizeof *words };

static int unknown_word(const struct spec_reading *reading, const char *text, const char *name)
{
    struct strings known = {0};
    for (size_t i = 0; i < WORDS; i++)
        *vec_add(reading->arena, &known) = words[i].name;
    const char *nearest = nearest_find(name, &known);
    fail(reading, text, "is unknown");
    if (nearest != NULL)
        return err_hint(reading->err, "did you mean %s?", nearest);
    return err_hint(reading->err, "behind the type stand %s", words_join(reading->arena, &known));
}

static const struct word *find_word(const char *name)
{
    for (size_t i = 0; i < WORDS; i++)
        if (strcasecmp(words[i].name, name) == 0 || (words[i].synonym != NULL && strcasecmp(words[i].synonym, name) == 0))
            return &words[i];
    return NULL;
}

/* not_null is not-null. */
static const char *hyphened(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_strndup(arena, text, length);
    for (char *at = copy; *at != '\0'; at++)
        if (*at == '_')
            *at = '-';
    return copy;
}

static int read_word(const struct spec_reading *reading, const char *text, struct column_spec *spec)
{
    const char *equals = strchr(text, '=');
    const char *name = hyphened(reading->arena, text, equals == NULL ? strlen(text) : (size_t)(equals - text));
    const struct word *word = find_word(name);
    if (word == NULL)
        return unknown_word(reading, text, name);
    if (word->value && (equals == NULL || equals[1] == '\0'))
        return fail(reading, text, arena_printf(reading->arena, "has no value; expected %s=…", word->name));
    if (!word->value && equals != NULL)
        return fail(reading, text, arena_printf(reading->arena, "has a value; expected %s alone", word->name));
    return word->set(reading, spec, word->value ? equals + 1 : NULL);
}

/* `user_id:references=users` has the type of what it refers to. */
static bool is_word(struct arena *arena, const char *text)
{
    size_t length = strcspn(text, "=");
    return find_word(hyphened(arena, text, length)) != NULL;
}

/* What a column of SQL is called here; what has no word here is left out. */
static const char *spelled(struct arena *arena, const char *sql, const struct column_def *column, bool *all)
{
    struct str out = str_new(arena);
    bool key = false;
    *all = column->identity == 0 && column->generated == GENERATED_NOT;
    str_addf(&out, "%s:%s", clause_split(arena, sql, ' ').at[0], names_type(arena, &column->type));
    vec_each(constraint, &column->constraints)
        key = key || constraint->kind == CONSTRAINT_PRIMARY_KEY;
    if (column->not_null && !key)
        str_add(&out, ":not-null");
    if (column->default_value != NULL && column->default_value->text != NULL)
        str_addf(&out, ":default=%s", column->default_value->text);
    vec_each(constraint, &column->constraints) {
        const struct strings *targets = &constraint->referenced_columns;
        bool one = targets->count == 1;
        if (constraint->kind == CONSTRAINT_PRIMARY_KEY || constraint->kind == CONSTRAINT_UNIQUE)
            str_add(&out, constraint->kind == CONSTRAINT_UNIQUE ? ":unique" : ":primary-key");
        else if (constraint->kind == CONSTRAINT_FOREIGN_KEY)
            str_addf(&out, ":references=%s%s%s%s", constraint->referenced.name, one ? "(" : "", one ? targets->at[0] : "",
                     one ? ")" : "");
        else
            *all = false;
    }
    return out.at;
}

/* -1: `sql` is a column as CREATE TABLE has it, and the error says how it is written here. */
static int refuse_sql(const struct spec_reading *reading, const char *sql)
{
    bool all;
    const struct column_def *column = strpbrk(sql, " \t\n") == NULL ? NULL : clause_column(reading->arena, sql);
    if (column == NULL || column->type.name == NULL)
        return 0;
    const char *here = spelled(reading->arena, sql, column, &all);
    err_set(reading->err, ERR_USAGE, "%s: \"%s\" is written as in SQL", reading->shown, sql);
    if (!all)
        return err_hint(reading->err, "expected %s; there is no word for the rest of it: write that by hand", here);
    return err_hint(reading->err, "expected %s", here);
}

static int read_spec(struct spec_reading *reading, const char *text, struct column_spec *spec)
{
    struct strings parts = clause_split(reading->arena, text, ':');
    struct type_name type;
    const char *why = clause_name(reading->arena, parts.at[0], &spec->name);
    size_t next = 1;
    reading->column = parts.at[0];
    if (why != NULL)
        return refuse_sql(reading, parts.count > 1 && is_word(reading->arena, parts.at[1]) ? parts.at[0] : text) != 0
                   ? -1 : err_set(reading->err, ERR_USAGE, "%s: \"%s\" %s", reading->shown, parts.at[0], why);
    if (parts.count > 1 && !is_word(reading->arena, parts.at[1])) {
        spec->type = parts.at[next++];
        why = *spec->type == '\0' ? "is empty; expected a type, as in email:text" : clause_type(reading->arena, spec->type, &type);
        if (why != NULL)
            return refuse_sql(reading, arena_printf(reading->arena, "%s %s", parts.at[0], spec->type)) != 0
                       ? -1 : fail(reading, spec->type, why);
    }
    for (; next < parts.count; next++)
        if (read_word(reading, parts.at[next], spec) != 0)
            return -1;
    return 0;
}

int column_specs_read(struct arena *arena, const char *shown, const char *text, struct column_specs *specs,
                      struct err *err)
{
    struct spec_reading reading = {.arena = arena, .shown = shown, .err = err};
    struct strings parts = clause_split(arena, text, ',');
    vec_each(part, &parts) {
        struct column_spec *spec = vec_add(arena, specs);
        if (**part == '\0') {
            err_set(err, ERR_USAGE, "%s: a column is empty", shown);
            return err_hint(err, "expected name:type, with commas between columns: email:text:not-null,age:int");
        }
        if (read_spec(&reading, *part, spec) != 0)
            return -1;
        for (size_t i = 0; i + 1 < specs->count; i++)
            if (strcmp(specs->at[i].name, spec->name) == 0)
                return err_set(err, ERR_USAGE, "%s: column \"%s\" is there twice", shown, spec->name);
    }
    return 0;
}
