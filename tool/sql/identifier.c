#include "sql/identifier.h"

#include "sql/tree_lexer.h"

#include <ctype.h>

static bool is_plain(const char *name)
{
    if (!islower((unsigned char)*name) && *name != '_')
        return false;
    for (; *name != '\0'; name++)
        if (!islower((unsigned char)*name) && !isdigit((unsigned char)*name) && *name != '_')
            return false;
    return true;
}

void identifier_add(struct str *str, const char *name)
{
    if (is_plain(name) && !tree_lexer_is_keyword(name)) {
        str_add(str, name);
        return;
    }
    str_add_char(str, '"');
    for (; *name != '\0'; name++) {
        if (*name == '"')
            str_add_char(str, '"');
        str_add_char(str, *name);
    }
    str_add_char(str, '"');
}
