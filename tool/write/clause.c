#include "write/clause.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

/* The one action of a statement; NULL with what the parser says. */
static const struct action *parse(struct arena *arena, const char *sql, const char **why)
{
    struct actions actions = {0};
    struct action_faults faults = {0};
    actions_read(arena, sql, strlen(sql), &actions, &faults);
    *why = faults.count > 0 ? faults.at[0].message : "it is more than that";
    if (faults.count > 0 || actions.count != 2)
        return NULL;
    return &actions.at[0];
}

static const struct column_def *parse_whole(struct arena *arena, const char *text, const char **why)
{
    const struct action *action = parse(arena, arena_printf(arena, "CREATE TABLE t (%s\n)", text), why);
    bool plain = action != NULL && action->kind == ACTION_CREATE_TABLE && action->columns.count == 1 &&
                 action->constraints.count == 0 && action->partition_by == 0;
    return plain ? &action->columns.at[0] : NULL;
}

static const struct column_def *parse_column(struct arena *arena, const char *definition, const char **why)
{
    return parse_whole(arena, arena_printf(arena, "c %s", definition), why);
}

const struct column_def *clause_column(struct arena *arena, const char *text)
{
    const char *why;
    return parse_whole(arena, text, &why);
}

static bool is_name_start(char c)
{
    return isalpha((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

const char *clause_name(struct arena *arena, const char *text, const char **name)
{
    size_t length = strlen(text);
    struct str out = str_new(arena);
    if (length >= 2 && text[0] == '"' && text[length - 1] == '"') {
        for (size_t i = 1; i + 1 < length; i++) {
            if (text[i] == '"' && (i + 2 >= length || text[++i] != '"'))
                return "is no name: a quote in it is written twice";
            str_add_char(&out, text[i]);
        }
    } else {
        for (size_t i = 0; i < length; i++) {
            bool good = is_name_start(text[i]) || (i > 0 && (isdigit((unsigned char)text[i]) || text[i] == '$'));
            if (!good)
                return "is no name: letters, digits and '_' make one, a digit not at the beginning; any other stands in double quotes";
            str_add_char(&out, (char)tolower((unsigned char)text[i]));
        }
    }
    if (out.length == 0)
        return "is empty, and a name is expected";
    if (out.length > 63)
        return "is too long for a name: PostgreSQL keeps 63 bytes";
    *name = out.at;
    return NULL;
}

const char *clause_object(struct arena *arena, const char *text, struct object_name *name)
{
    struct strings parts = clause_split(arena, text, '.');
    *name = (struct object_name){0};
    if (parts.count == 1)
        return clause_name(arena, parts.at[0], &name->name);
    if (parts.count != 2)
        return "is no name: expected name, or schema.name";
    const char *why = clause_name(arena, parts.at[0], &name->schema);
    return why != NULL ? why : clause_name(arena, parts.at[1], &name->name);
}

/* What stands behind it in the SQL would be part of the comment. */
static const char *check_comment(struct arena *arena, const char *text)
{
    const char *why;
    return parse_column(arena, arena_printf(arena, "int DEFAULT (%s)", text), &why) != NULL
               ? NULL : "ends with a comment; leave that out, DESCRIPTION takes it";
}

const char *clause_query(struct arena *arena, const char *text)
{
    const char *why;
    const struct action *action = parse(arena, arena_printf(arena, "CREATE VIEW v AS %s\n", text), &why);
    if (action == NULL || action->kind != ACTION_CREATE_VIEW)
        return arena_printf(arena, "is no query: %s", action == NULL ? why : "it is another statement");
    struct span whole = span_trim((struct span){text, strlen(text)});
    bool comment = parse(arena, arena_printf(arena, "CREATE VIEW v AS %s; SELECT 1", text), &why) != NULL;
    return comment || whole.at[whole.length - 1] == ';' ? "ends with a comment or a semicolon; leave that out" : NULL;
}

const char *clause_type(struct arena *arena, const char *text, struct type_name *type)
{
    const char *why;
    const struct column_def *column = parse_column(arena, text, &why);
    bool plain = column != NULL && !column->not_null && column->default_value == NULL && column->identity == 0 &&
                 column->generated == GENERATED_NOT && column->constraints.count == 0;
    if (!plain)
        return arena_printf(arena, "is no type: %s", column == NULL ? why : "it is more than that");
    *type = column->type;
    return NULL;
}

const char *clause_default(struct arena *arena, const char *text)
{
    const char *why;
    const struct column_def *column = parse_column(arena, arena_printf(arena, "int DEFAULT (%s\n)", text), &why);
    const struct expression *value = column == NULL ? NULL : column->default_value;
    if (value == NULL || column->constraints.count > 0)
        return arena_printf(arena, "is no default: %s", column == NULL ? why : "it is more than an expression");
    if (value->columns.count > 0)
        return arena_printf(arena, "is no default: it names the column \"%s\"; a text is written '%s'",
                            value->columns.at[0], value->columns.at[0]);
    return check_comment(arena, text);
}

const struct expression *clause_expression(struct arena *arena, const char *text)
{
    const char *why;
    const struct column_def *column = parse_column(arena, arena_printf(arena, "int DEFAULT (%s\n)", text), &why);
    return column == NULL ? NULL : column->default_value;
}

const char *clause_condition(struct arena *arena, const char *text)
{
    const char *why;
    const struct action *action = parse(arena, arena_printf(arena, "ALTER TABLE t ADD CHECK (%s\n)", text), &why);
    if (action == NULL || action->constraints.count != 1)
        return arena_printf(arena, "is no condition: %s", action == NULL ? why : "it is more than that");
    return check_comment(arena, text);
}

const char *clause_key(struct arena *arena, const char *text, const char **column)
{
    const char *why;
    const struct action *action = parse(arena, arena_printf(arena, "CREATE INDEX ON t (%s\n)", text), &why);
    if (action == NULL || action->kind != ACTION_CREATE_INDEX || action->keys.count != 1)
        return arena_printf(arena, "cannot be indexed: %s", action == NULL ? why : "it is more than one key");
    *column = action->keys.at[0].column;
    return NULL;
}

const char *clause_partition_by(struct arena *arena, const char *text, char *strategy, struct strings *columns)
{
    const char *why;
    const struct action *action = parse(arena, arena_printf(arena, "CREATE TABLE t (c int) PARTITION BY %s\n", text), &why);
    if (action == NULL || action->partition_by == 0)
        return arena_printf(arena, "is no way to partition: %s; expected such as range (created_at)",
                            action == NULL ? why : "it is more than that");
    *strategy = action->partition_by;
    vec_each(key, &action->keys)
        *vec_add(arena, columns) = key->column;
    return NULL;
}

const char *clause_reference(struct arena *arena, const char *text, struct object_name *table, const char **column)
{
    const char *open = strchr(text, '('), *close = strrchr(text, ')');
    *column = NULL;
    if (open == NULL)
        return clause_object(arena, text, table);
    if (close == NULL || close[1] != '\0' || close == open + 1)
        return "is no reference: expected table, or table(column)";
    const char *before = arena_strndup(arena, text, (size_t)(open - text));
    const char *inside = arena_strndup(arena, open + 1, (size_t)(close - open - 1));
    struct strings names = clause_split(arena, inside, ',');
    const char *why = clause_object(arena, clause_split(arena, before, '\n').at[0], table);
    if (why == NULL && names.count != 1)
        return "refers to several columns, which is written by hand; expected table, or table(column)";
    return why != NULL ? why : clause_name(arena, names.at[0], column);
}

static const char *trimmed(struct arena *arena, const char *from, const char *to)
{
    while (from < to && isspace((unsigned char)*from))
        from++;
    while (to > from && isspace((unsigned char)to[-1]))
        to--;
    return arena_strndup(arena, from, (size_t)(to - from));
}

bool clause_is_closed(const char *text)
{
    char quote = '\0';
    for (; *text != '\0'; text++)
        if (quote != '\0' ? *text == quote : *text == '\'' || *text == '"')
            quote = quote == '\0' ? *text : '\0';
    return quote == '\0';
}

/* `::` is a cast, no two separators. */
struct strings clause_split(struct arena *arena, const char *text, char separator)
{
    struct strings parts = {0};
    const char *from = text;
    char quote = '\0';
    int depth = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (quote != '\0')
            quote = *at == quote ? '\0' : quote;
        else if (*at == '\'' || *at == '"')
            quote = *at;
        else if (*at == '(' || *at == '[')
            depth++;
        else if (*at == ')' || *at == ']')
            depth--;
        else if (separator == ':' && at[0] == ':' && at[1] == ':')
            at++;
        else if (*at == separator && depth <= 0) {
            *vec_add(arena, &parts) = trimmed(arena, from, at);
            from = at + 1;
        }
    }
    *vec_add(arena, &parts) = trimmed(arena, from, from + strlen(from));
    return parts;
}

bool clause_row(struct arena *arena, const char *text, struct strings *values)
{
    size_t length = strlen(text);
    if (length < 3 || text[0] != '(' || text[length - 1] != ')')
        return false;
    *values = clause_split(arena, arena_strndup(arena, text + 1, length - 2), ',');
    return true;
}
