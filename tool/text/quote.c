#include "text/quote.h"

#include <stdlib.h>
#include <string.h>

/* pg_get_keywords() where catcode is not U, of PostgreSQL 13 to 19; sorted. */
static const char *const keywords[] = {
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "between",
    "bigint", "binary", "bit", "boolean", "both", "case", "cast", "char", "character", "check", "coalesce",
    "collate", "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog",
    "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "dec",
    "decimal", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists", "extract",
    "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant", "graph_table", "greatest",
    "group", "grouping", "having", "ilike", "in", "initially", "inner", "inout", "int", "integer", "intersect",
    "interval", "into", "is", "isnull", "join", "json", "json_array", "json_arrayagg", "json_exists", "json_object",
    "json_objectagg", "json_query", "json_scalar", "json_serialize", "json_table", "json_value", "lateral",
    "leading", "least", "left", "like", "limit", "localtime", "localtimestamp", "merge_action", "national",
    "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric", "offset", "on", "only",
    "or", "order", "out", "outer", "overlaps", "overlay", "placing", "position", "precision", "primary", "real",
    "references", "returning", "right", "row", "select", "session_user", "setof", "similar", "smallint", "some",
    "substring", "symmetric", "system_user", "table", "tablesample", "then", "time", "timestamp", "to", "trailing",
    "treat", "trim", "true", "union", "unique", "user", "using", "values", "varchar", "variadic", "verbose", "when",
    "where", "window", "with", "xmlattributes", "xmlconcat", "xmlelement", "xmlexists", "xmlforest",
    "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable",
};

static char *quote(struct arena *arena, const char *text, char mark, bool backslashes)
{
    char *quoted = arena_alloc(arena, 2 * strlen(text) + 5), *to = quoted;
    if (backslashes && strchr(text, '\\') != NULL) {
        *to++ = ' ';
        *to++ = 'E';
    } else {
        backslashes = false;
    }
    *to++ = mark;
    for (; *text != '\0'; text++) {
        if (*text == mark || (backslashes && *text == '\\'))
            *to++ = *text;
        *to++ = *text;
    }
    *to++ = mark;
    *to = '\0';
    return quoted;
}

char *quote_identifier(struct arena *arena, const char *name)
{
    return quote(arena, name, '"', false);
}

char *quote_literal(struct arena *arena, const char *text)
{
    return quote(arena, text, '\'', true);
}

char *quote_qualified(struct arena *arena, const char *schema, const char *name)
{
    return arena_printf(arena, "%s.%s", quote_identifier(arena, schema), quote_identifier(arena, name));
}

static int compare(const void *word, const void *keyword)
{
    return strcmp(word, *(const char *const *)keyword);
}

bool quote_is_needless(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_", others[] = "abcdefghijklmnopqrstuvwxyz_0123456789";
    return *name != '\0' && strchr(letters, *name) != NULL && name[strspn(name, others)] == '\0' &&
           bsearch(name, keywords, sizeof(keywords) / sizeof(*keywords), sizeof(*keywords), compare) == NULL;
}
