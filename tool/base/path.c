#include "base/path.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *path_join(struct arena *arena, const char *directory, const char *name)
{
    if (name[0] == '/' || directory[0] == '\0' || strcmp(directory, ".") == 0)
        return arena_strdup(arena, name);
    const char *slash = str_ends(directory, "/") ? "" : "/";
    char *path = arena_alloc(arena, strlen(directory) + strlen(slash) + strlen(name) + 1);
    stpcpy(stpcpy(stpcpy(path, directory), slash), name);
    return path;
}

/* The length without slashes at the end; one slash stays one. */
static size_t trimmed_length(const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return length;
}

char *path_directory(struct arena *arena, const char *path)
{
    size_t length = trimmed_length(path);
    while (length > 0 && path[length - 1] != '/')
        length--;
    if (length == 0)
        return arena_strdup(arena, ".");
    while (length > 1 && path[length - 1] == '/')
        length--;
    return arena_strndup(arena, path, length);
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static void drop_last_part(struct str *str)
{
    while (str->length > 0 && str->at[--str->length] != '/')
        ;
    str->at[str->length] = '\0';
}

char *path_absolute(struct arena *arena, const char *path)
{
    if (path[0] != '/') {
        char *working = getcwd(NULL, 0);
        if (working == NULL) /* it was removed under us; a relative path is all that can be said */
            return arena_strdup(arena, path);
        path = arena_printf(arena, "%s/%s", working, path);
        free(working);
    }
    struct str str = str_new(arena);
    for (const char *part = path; *part != '\0';) {
        part += strspn(part, "/");
        size_t length = strcspn(part, "/");
        if (length == 2 && strncmp(part, "..", 2) == 0) {
            drop_last_part(&str);
        } else if (length > 0 && !(length == 1 && *part == '.')) {
            str_add_char(&str, '/');
            str_add_bytes(&str, part, length);
        }
        part += length;
    }
    if (str.length == 0)
        str_add_char(&str, '/');
    return str.at;
}
