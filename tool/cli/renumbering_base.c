/* What git knows of migrations that get other numbers: which ones the base has, and how files were before a merge. */
#include "cli/renumbering.h"

#include "base/map.h"
#include "base/path.h"

#include <stdlib.h>
#include <string.h>

static bool is_commit(struct renumbering *renumbering, const char *ref)
{
    struct err unused = {.arena = renumbering->run->arena};
    struct proc_text output = {0};
    const char *name = arena_printf(renumbering->run->arena, "%s^{commit}", ref);
    return git_ask(&renumbering->git, (const char *const[]){"rev-parse", "--verify", "--quiet", name, NULL}, &output,
                   &unused) == 0;
}

/* Without --base the branch that a clone usually has. */
int renumbering_find_base(struct renumbering *renumbering, struct err *err)
{
    static const char *const usual[] = {"origin/HEAD", "origin/main", "origin/master", "main", "master"};
    const char *given = renumbering->run->options.text[OPTION_BASE];
    struct err unused = {.arena = renumbering->run->arena};
    if (git_open(renumbering->run->arena, renumbering->directory, &renumbering->git, given != NULL ? err : &unused) != 0)
        return given != NULL ? -1 : 0;
    if (given != NULL && !is_commit(renumbering, given))
        return err_set(err, ERR_USAGE, "--base: git knows no commit %s", given);
    renumbering->ref = given;
    for (size_t i = 0; renumbering->ref == NULL && i < sizeof usual / sizeof *usual; i++)
        if (is_commit(renumbering, usual[i]))
            renumbering->ref = usual[i];
    return 0;
}

/* The names, from the top, of everything that a commit has in a directory. */
static int list_commit(const struct renumbering *renumbering, const char *commit, const char *inside, struct strings *names,
                       struct err *err)
{
    struct proc_text output = {0};
    if (git_ask(&renumbering->git, (const char *const[]){"ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--",
                                                          *inside == '\0' ? NULL : inside, NULL}, &output, err) != 0)
        return -1;
    *names = git_words(renumbering->run->arena, &output);
    return 0;
}

/* The names, from the top, of everything that the base has in the directory. */
int renumbering_mark_base(struct renumbering *renumbering, struct err *err)
{
    struct arena *arena = renumbering->run->arena;
    struct strings names = {0};
    struct map known = {0};
    const char *inside;
    if (renumbering->ref == NULL)
        return 0;
    if (git_path(&renumbering->git, renumbering->directory, &inside, err) != 0 ||
        list_commit(renumbering, renumbering->ref, inside, &names, err) != 0)
        return -1;
    vec_each(name, &names)
        map_put(arena, &known, *name, renumbering);
    vec_each(group, &renumbering->groups) {
        const char *directory = group->top ? inside : path_join(arena, inside, path_base(group->directory));
        vec_each(file, &group->files)
            group->on_base = group->on_base || map_find(&known, path_join(arena, directory, *file)) != NULL;
    }
    return 0;
}

const char *renumbering_text_at(const struct renumbering *renumbering, const char *commit, const char *path)
{
    struct arena *arena = renumbering->run->arena;
    struct err unused = {.arena = arena};
    struct proc_text output = {0};
    const char *inside;
    if (commit == NULL || git_path(&renumbering->git, path, &inside, &unused) != 0 ||
        git_ask(&renumbering->git, (const char *const[]){"cat-file", "blob", arena_printf(arena, "%s:%s", commit, inside), NULL},
                &output, &unused) != 0)
        return NULL;
    return arena_strndup(arena, output.at, output.length);
}

/* The number that a migration has among the files of a commit; NULL: none. */
static const char *digits_in(const struct renumbering *renumbering, const struct strings *names, const char *inside,
                             const struct renumber_group *group)
{
    struct arena *arena = renumbering->run->arena;
    const char *directory = group->top ? inside : path_join(arena, inside, path_base(group->directory));
    vec_each(name, names) {
        struct filename file = filename_read(path_base(*name));
        if ((file.kind == FILENAME_HALF || file.kind == FILENAME_SINGLE) && span_equals(file.name, group->name) &&
            strcmp(path_directory(arena, *name), *directory == '\0' ? "." : directory) == 0)
            return arena_strndup(arena, file.digits.at, file.digits.length);
    }
    return NULL;
}

/* Does the commit have all that only this branch has, each with a number of its own, and nothing that came by the merge? */
static bool read_mine(struct renumbering *renumbering, const char *commit)
{
    struct arena *arena = renumbering->run->arena;
    struct err unused = {.arena = arena};
    struct strings names = {0};
    const char *inside;
    renumbering->mine_groups = (struct renumber_groups){0};
    if (git_path(&renumbering->git, renumbering->directory, &inside, &unused) != 0 ||
        list_commit(renumbering, commit, inside, &names, &unused) != 0)
        return false;
    vec_each(group, &renumbering->groups) {
        if (group->on_base && !renumber_is_displacer(&renumbering->groups, group))
            continue;   /* most are so, and need not be looked for */
        const char *digits = digits_in(renumbering, &names, inside, group);
        if ((digits != NULL) == group->on_base)
            return false;
        if (group->on_base)
            continue;
        struct renumber_group *mine = vec_add(arena, &renumbering->mine_groups);
        *mine = *group;
        mine->digits = digits;
        mine->version = strtoull(digits, NULL, 10);
        mine->new_digits = group->new_digits != NULL ? group->new_digits : strcmp(digits, group->digits) != 0 ? group->digits : NULL;
    }
    return !renumber_has_twins(&renumbering->mine_groups);
}

/* While it merges or rebases, or after it: this branch is one of the parents. */
void renumbering_find_mine(struct renumbering *renumbering)
{
    static const char *const places[] = {"HEAD", "MERGE_HEAD", "REBASE_HEAD", "HEAD^1", "HEAD^2", "ORIG_HEAD"};
    struct err unused = {.arena = renumbering->run->arena};
    struct proc_text output = {0};
    for (size_t i = 0; renumbering->ref != NULL && renumbering->mine == NULL && i < sizeof places / sizeof *places; i++)
        if (is_commit(renumbering, places[i]) && read_mine(renumbering, places[i]))
            renumbering->mine = places[i];
    if (renumbering->mine != NULL &&
        git_ask(&renumbering->git, (const char *const[]){"merge-base", renumbering->mine, renumbering->ref, NULL}, &output,
                &unused) == 0)
        renumbering->ancestor = arena_strndup(renumbering->run->arena, output.at, strcspn(output.at, "\n"));
}
