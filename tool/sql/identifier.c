#include "sql/identifier.h"

#include "sql/scan.h"

#include <ctype.h>
#include <string.h>

static bool is_plain(const char *name)
{
    if (!islower((unsigned char)*name) && *name != '_')
        return false;
    for (; *name != '\0'; name++)
        if (!islower((unsigned char)*name) && !isdigit((unsigned char)*name) && *name != '_')
            return false;
    return true;
}

static bool is_keyword(const char *name)
{
    struct arena scratch = {0};
    struct scan scan;
    scan_open(&scan, &scratch, name, strlen(name));
    bool keyword = scan_next(&scan).keyword;
    scan_close(&scan);
    arena_release(&scratch);
    return keyword;
}

void identifier_add(struct str *str, const char *name)
{
    if (is_plain(name) && !is_keyword(name)) {
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
