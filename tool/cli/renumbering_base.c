/* What git knows of migrations that get other numbers: which ones the base has, and how files were before a merge. */
#include "cli/renumbering.h"

#include "base/map.h"
#include "base/path.h"

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

/* The names, from the top, of everything that the base has in the directory. */
int renumbering_mark_base(struct renumbering *renumbering, struct err *err)
{
    struct arena *arena = renumbering->run->arena;
    struct proc_text output = {0};
    const char *inside;
    if (renumbering->ref == NULL)
        return 0;
    if (git_path(&renumbering->git, renumbering->directory, &inside, err) != 0 ||
        git_ask(&renumbering->git, (const char *const[]){"ls-tree", "-r", "-z", "--name-only", "--full-tree",
                                                          renumbering->ref, "--", *inside == '\0' ? NULL : inside, NULL}, &output, err) != 0)
        return -1;
    struct strings names = git_words(arena, &output);
    struct map known = {0};
    vec_each(name, &names)
        map_put(arena, &known, *name, renumbering);
    vec_each(group, &renumbering->groups) {
        const char *directory = group->top ? inside : path_join(arena, inside, path_base(group->directory));
        vec_each(file, &group->files)
            group->on_base = group->on_base || map_find(&known, path_join(arena, directory, *file)) != NULL;
    }
    return 0;
}

const char *renumbering_text_at(struct renumbering *renumbering, const char *commit, const char *path)
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

/* It keeps the number that one which moves has had. */
static bool displaces(const struct renumbering *renumbering, const struct renumber_group *group)
{
    vec_each(other, &renumbering->groups)
        if (group->on_base && other->new_digits != NULL && other->version == group->version)
            return true;
    return false;
}

/* Does the commit have what moves under its number, and not what keeps that number? */
static bool is_before_merge(struct renumbering *renumbering, const char *commit)
{
    vec_each(group, &renumbering->groups) {
        const char *path = path_join(renumbering->run->arena, group->directory, group->files.at[0]);
        bool moves = group->new_digits != NULL;
        if ((moves || displaces(renumbering, group)) && moves != (renumbering_text_at(renumbering, commit, path) != NULL))
            return false;
    }
    return true;
}

/* While it merges or rebases, or after it: this branch is one of the parents. */
void renumbering_find_mine(struct renumbering *renumbering)
{
    static const char *const places[] = {"HEAD", "MERGE_HEAD", "REBASE_HEAD", "HEAD^1", "HEAD^2", "ORIG_HEAD"};
    struct err unused = {.arena = renumbering->run->arena};
    struct proc_text output = {0};
    for (size_t i = 0; renumbering->ref != NULL && renumbering->mine == NULL && i < sizeof places / sizeof *places; i++)
        if (is_commit(renumbering, places[i]) && is_before_merge(renumbering, places[i]))
            renumbering->mine = places[i];
    if (renumbering->mine != NULL &&
        git_ask(&renumbering->git, (const char *const[]){"merge-base", renumbering->mine, renumbering->ref, NULL}, &output,
                &unused) == 0)
        renumbering->ancestor = arena_strndup(renumbering->run->arena, output.at, strcspn(output.at, "\n"));
}
