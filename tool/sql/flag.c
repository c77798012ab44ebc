#include "sql/flag.h"

#include <string.h>
#include <strings.h>

/* As the server's defGetBoolean; what it refuses counts as true. */
static bool value(const struct cursor *cursor)
{
    static const char *const no[] = {"false", "off", "0", "'false'", "'off'", "'0'", "\"false\"", "\"off\""};
    if (cursor->at == cursor->end || cursor_at(cursor, ',') || cursor_at(cursor, ')'))
        return true;
    const char *at = cursor->text + cursor->at->start;
    for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
        if (cursor->at->length == strlen(no[i]) && strncasecmp(at, no[i], cursor->at->length) == 0)
            return false;
    return true;
}

bool flag_read(struct cursor *cursor, const char *option, bool otherwise)
{
    if (!cursor_take_symbol(cursor, '('))
        return otherwise;
    while (cursor->at < cursor->end && !cursor_at(cursor, ')')) {
        if (cursor_take(cursor, option)) {
            cursor_take_symbol(cursor, '=');
            otherwise = value(cursor);
        }
        while (cursor->at < cursor->end && !cursor_at(cursor, ')') && !cursor_at(cursor, ','))
            cursor_skip_group(cursor);
        cursor_take_symbol(cursor, ',');
    }
    cursor_skip(cursor);
    return otherwise;
}
