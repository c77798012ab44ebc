/* The text of dynamic SQL, as far as it is constant: 'text', 'a' || 'b', format('… %I', 'name'). */
#include "sql/tree.h"

#include "base/str.h"

#include <string.h>

enum { DEEPEST = 50 };

static char *read_text(struct arena *arena, const Node *node, int depth);

static char *quote(struct arena *arena, const char *text, char mark)
{
    struct str out = str_new(arena);
    str_add_char(&out, mark);
    for (; *text != 0; text++) {
        if (*text == mark)
            str_add_char(&out, mark);
        str_add_char(&out, *text);
    }
    str_add_char(&out, mark);
    return out.at;
}

/* One %s, %I, %L, past which `format` goes; false for what is not known here (%1$s, widths). */
static bool add_argument(struct str *out, const char **format, const List *arguments, int *next, int depth)
{
    char kind = *(*format)++;
    if (kind == '%') {
        str_add_char(out, '%');
        return true;
    }
    if ((kind != 's' && kind != 'I' && kind != 'L') || *next >= list_length(arguments))
        return false;
    char *text = read_text(out->arena, list_nth(arguments, (*next)++), depth);
    if (text == NULL)
        return false;
    str_add(out, kind == 's' ? text : quote(out->arena, text, kind == 'I' ? '"' : '\''));
    return true;
}

static char *read_format(struct arena *arena, const List *arguments, int depth)
{
    struct str out = str_new(arena);
    const char *format = arguments == NIL ? NULL : read_text(arena, linitial(arguments), depth);
    int next = 1;
    if (format == NULL)
        return NULL;
    while (*format != 0) {
        char c = *format++;
        if (c != '%')
            str_add_char(&out, c);
        else if (!add_argument(&out, &format, arguments, &next, depth))
            return NULL;
    }
    str_add(&out, "");
    return out.at;
}

static char *read_function(struct arena *arena, const FuncCall *function, int depth)
{
    const char *name = strVal(llast(function->funcname));
    if (strcmp(name, "format") == 0)
        return read_format(arena, function->args, depth);
    bool identifier = strcmp(name, "quote_ident") == 0;
    if ((!identifier && strcmp(name, "quote_literal") != 0) || list_length(function->args) != 1)
        return NULL;
    char *text = read_text(arena, linitial(function->args), depth);
    return text == NULL ? NULL : quote(arena, text, identifier ? '"' : '\'');
}

static bool is_concatenation(const A_Expr *expression)
{
    return expression->kind == AEXPR_OP && expression->lexpr != NULL && list_length(expression->name) == 1 &&
           strcmp(strVal(linitial(expression->name)), "||") == 0;
}

static char *read_text(struct arena *arena, const Node *node, int depth)
{
    const char *string = node == NULL ? NULL : tree_string(node);
    if (string != NULL)
        return arena_strdup(arena, string);
    if (node == NULL || depth > DEEPEST)
        return NULL;
    if (IsA(node, FuncCall))
        return read_function(arena, (const FuncCall *)node, depth + 1);
    if (!IsA(node, A_Expr) || !is_concatenation((const A_Expr *)node))
        return NULL;
    char *left = read_text(arena, ((const A_Expr *)node)->lexpr, depth + 1);
    char *right = left == NULL ? NULL : read_text(arena, ((const A_Expr *)node)->rexpr, depth + 1);
    return right == NULL ? NULL : arena_printf(arena, "%s%s", left, right);
}

char *tree_dynamic(struct arena *arena, const Node *node)
{
    return read_text(arena, node, 0);
}
