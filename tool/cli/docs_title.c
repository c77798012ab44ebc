#include "cli/docs_title.h"

#include "base/git.h"
#include "base/path.h"
#include "base/str.h"

#include <string.h>

const char *docs_title(const struct run *run)
{
    const char *title = config_text(&run->config, SETTING_DOCS_TITLE);
    return title == NULL || *title == '\0' ? NULL : title;
}

static const char *behind_last(const char *text, char separator)
{
    const char *last = strrchr(text, separator);
    return last == NULL ? text : last + 1;
}

const char *docs_title_of_url(struct arena *arena, const char *url)
{
    const char *authority = strstr(url, "://");
    const char *path = authority == NULL ? url : strchr(authority + 3, '/'); /* a host is no name, and may hold a password */
    if (path == NULL)
        return NULL;
    size_t length = strlen(path);
    while (length > 0 && path[length - 1] == '/')
        length--;
    char *name = arena_strndup(arena, path, length);
    if (str_ends(name, ".git"))
        name[strlen(name) - 4] = '\0';
    const char *base = behind_last(name, '/');
    if (authority == NULL && base == name)
        base = behind_last(base, ':');
    return *base == '\0' || *base == '.' ? NULL : base;
}

static const char *name_of_remote(struct run *run)
{
    static const char *const question[] = {"config", "--get", "remote.origin.url", NULL};
    struct err err = {.arena = run->arena};
    struct proc_text output;
    struct git git;
    if (git_open(run->arena, run->config.root, &git, &err) != 0 || git_ask(&git, question, &output, &err) != 0 ||
        output.length < 2)
        return NULL;
    return docs_title_of_url(run->arena, arena_strndup(run->arena, output.at, output.length - 1));
}

const char *docs_title_of_site(struct run *run)
{
    const char *title = docs_title(run);
    if (title == NULL)
        title = name_of_remote(run);
    return title != NULL ? title : path_base(path_absolute(run->arena, run->config.root));
}
