/* Where in its statement the name of a use stands. */
#include "review/use.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (c & 0x80) != 0;
}

static bool is_word(const char *text, const char *at, const char *end, const char *word, size_t length)
{
    return (size_t)(end - at) >= length && strncasecmp(at, word, length) == 0 && (at == text || !in_word(at[-1])) &&
           (at + length == end || !in_word(at[length]));
}

/* Behind a schema's name: does the dot follow, and then the other name? */
static bool goes_on(const char *text, const char *at, const char *end, const char *name)
{
    while (at < end && (*at == '"' || *at == '.' || isspace((unsigned char)*at)))
        at++;
    return is_word(text, at, end, name, strlen(name));
}

static const char *search(const char *text, const char *from, const char *end, const struct object_name *name)
{
    const char *first = name->schema != NULL ? name->schema : name->name;
    size_t length = strlen(first);
    for (const char *at = from; at < end; at++)
        if (is_word(text, at, end, first, length) &&
            (name->schema == NULL || goes_on(text, at + length, end, name->name)))
            return at > text && at[-1] == '"' ? at - 1 : at;
    return NULL;
}

size_t use_place(const struct use *use, const struct action *action, const char *text)
{
    const char *end = text + action->start + action->length;
    const char *found = search(text, text + use->at, end, &use->name);
    if (found == NULL)
        found = search(text, text + action->start, end, &use->name);
    return found == NULL ? use->at : (size_t)(found - text);
}
