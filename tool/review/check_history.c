#include "review/check_history.h"

#include "base/file.h"
#include "base/map.h"
#include "model/filename.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The files of the base, and the latest of each directory. */
struct history {
    struct map files;    /* absolute path → the map itself */
    struct map latest;   /* directory → struct filename * */
};

static void note(struct arena *arena, struct history *history, const char *path)
{
    struct filename *file = arena_new(arena, struct filename);
    const char *directory = path_directory(arena, path);
    const struct filename *latest = map_find(&history->latest, directory);
    *file = filename_read(path_base(path));
    map_put(arena, &history->files, path, history);
    if ((file->kind == FILENAME_HALF || file->kind == FILENAME_SINGLE) &&
        (latest == NULL || file->version > latest->version))
        map_put(arena, &history->latest, directory, file);
}

static int read_history(struct arena *arena, const struct git *git, const char *ref, const char *inside,
                        struct history *history, struct err *err)
{
    const char *arguments[] = {"ls-tree", "-r", "-z", "--name-only", "--full-tree", ref, "--",
                               inside[0] == '\0' ? NULL : inside, NULL};
    struct proc_text output;
    if (git_ask(git, arguments, &output, err) != 0)
        return -1;
    struct strings names = git_words(arena, &output);
    vec_each(name, &names)
        note(arena, history, git_view(git, *name));
    return 0;
}

static void check_migration(struct arena *arena, const struct history *history, const struct migration *migration,
                            const char *directory, const char *ref, struct findings *findings)
{
    const char *path = migration->up.path != NULL ? migration->up.path : migration->down.path;
    const struct filename *latest = map_find(&history->latest, directory);
    if (latest == NULL || migration->version >= latest->version ||
        map_find(&history->files, path_join(arena, directory, path_base(path))) != NULL)
        return;
    finding_add(arena, findings, SEVERITY_WARNING, "non-linear-history", ERR_INPUT, (struct place){.file = path},
                migration->service->name, "give it a higher number while it is applied nowhere",
                "%s comes before %.*s, which is on %s already", migration_label(arena, migration),
                (int)latest->digits.length, latest->digits.at, ref);
    findings->at[findings->count - 1].why =
        "databases that follow that branch have the later one already: outside of development a migration below it is "
        "refused, or it runs in another order than everywhere else";
}

int check_history(struct arena *arena, const struct catalog *catalog, const struct git *git, const char *ref,
                  struct findings *findings, struct err *err)
{
    struct history history = {0};
    const char *inside;
    char directory[PATH_MAX];
    if (git_path(git, catalog->directory, &inside, err) != 0 || read_history(arena, git, ref, inside, &history, err) != 0)
        return -1;
    vec_each(service, &catalog->services) {
        if (realpath((*service)->migrations_directory, directory) == NULL)
            continue;
        vec_each(migration, &(*service)->migrations)
            if ((*migration)->environment == NULL)
                check_migration(arena, &history, *migration, directory, ref, findings);
    }
    return 0;
}
