#include "model/relative.h"

#include "base/str.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

/* Bytes of the deepest directory that both are in or below, without a final slash; 0 for the root. */
static size_t common_directory(const char *a, const char *b)
{
    size_t common = 0, i = 0;
    for (; a[i] != '\0' && a[i] == b[i]; i++)
        if (a[i] == '/')
            common = i;
    if ((a[i] == '\0' || a[i] == '/') && (b[i] == '\0' || b[i] == '/'))
        common = i;
    return common;
}

const char *relative_path_from(struct arena *arena, const char *from, const char *absolute)
{
    if (from[0] != '/' || absolute[0] != '/')
        return absolute;
    size_t common = common_directory(from, absolute);
    struct str path = str_new(arena);
    for (const char *at = from + common; *at != '\0'; at++)
        if (at[0] == '/' && at[1] != '\0')
            str_add(&path, path.length == 0 ? ".." : "/..");
    const char *rest = absolute + common + (absolute[common] == '/');
    if (path.length != 0 && *rest != '\0')
        str_add_char(&path, '/');
    str_add(&path, rest);
    if (path.length == 0)
        return ".";
    return path.length < strlen(absolute) ? path.at : absolute;
}

const char *relative_path(struct arena *arena, const char *absolute)
{
    char here[PATH_MAX];
    if (getcwd(here, sizeof(here)) == NULL)
        return absolute;
    return relative_path_from(arena, here, absolute);
}
