/* The files that name migrations which get other numbers. */
#include "cli/renumbering.h"

#include "base/file.h"
#include "cli/run.h"
#include "text/json_merge.h"

#include <string.h>

static int read_text(struct run *run, const char *path, char **text, struct err *err)
{
    size_t length;
    return file_read(run->arena, path, (size_t)config_number(&run->config, SETTING_MAX_FILE_SIZE), text, &length, err);
}

/* Has git written both branches into it, for people to choose? */
static bool is_torn(const char *text)
{
    return str_starts(text, "<<<<<<< ") || strstr(text, "\n<<<<<<< ") != NULL;
}

/* Is the text what a merge has left of a file that both branches have: both, or one of them as it was? */
static bool is_undecided(const char *text, const char *mine, const char *theirs)
{
    return is_torn(text) || str_same(text, mine) || str_same(text, theirs);
}

static void leave_page(struct renumbering *renumbering, const char *path, const char *text, const char *theirs)
{
    if (theirs == NULL)
        batch_remove(&renumbering->batch, path, text);
    else if (strcmp(text, theirs) != 0)
        batch_replace(&renumbering->batch, path, text, theirs);
}

/* Of two pages of one number this branch's goes along; the other stays, as the base has it. */
static int divide_page(struct renumbering *renumbering, const struct renumber_group *group, const char *path,
                       const char *new_path, const char *text)
{
    struct arena *arena = renumbering->run->arena;
    const char *mine = renumbering_text_at(renumbering, renumbering->mine, path);
    const char *theirs = renumbering_text_at(renumbering, renumbering->ref, path);
    if (mine == NULL)
        return 0;
    batch_create(&renumbering->batch, new_path, renumber_text(arena, mine, group->digits, group->new_digits));
    if (text != NULL && is_undecided(text, mine, theirs))
        leave_page(renumbering, path, text, theirs);
    return 0;
}

static int move_page(struct renumbering *renumbering, const struct renumber_group *group, struct err *err)
{
    struct arena *arena = renumbering->run->arena;
    const char *docs = path_join(arena, renumbering->directory, "docs");
    if (!group->top)
        docs = path_join(arena, docs, path_base(group->directory));
    const char *path = path_join(arena, docs, arena_printf(arena, "migration_%s.md", group->digits));
    const char *new_path = path_join(arena, docs, arena_printf(arena, "migration_%s.md", group->new_digits));
    char *text = NULL;
    bool shared = renumber_is_shared(&renumbering->groups, group), there = file_kind(path) == FILE_REGULAR;
    if (there && read_text(renumbering->run, path, &text, err) != 0)
        return -1;
    if (shared && renumbering->mine != NULL)
        return divide_page(renumbering, group, path, new_path, text);
    bool unclear = renumbering->ref == NULL || renumbering_text_at(renumbering, renumbering->ref, path) != NULL;
    if (!there || (unclear && shared))
        return 0;
    batch_create(&renumbering->batch, new_path, renumber_text(arena, text, group->digits, group->new_digits));
    batch_remove(&renumbering->batch, path, text);
    return 0;
}

static int move_group(struct renumbering *renumbering, const struct renumber_group *group, struct err *err)
{
    struct arena *arena = renumbering->run->arena;
    vec_each(file, &group->files) {
        const char *rest = *file + strlen(group->digits);
        batch_rename(&renumbering->batch, path_join(arena, group->directory, *file),
                     path_join(arena, group->directory, arena_printf(arena, "%s%s", group->new_digits, rest)));
    }
    return move_page(renumbering, group, err);
}

static bool shares_a_number(const struct renumbering *renumbering)
{
    vec_each(group, &renumbering->groups)
        if (group->new_digits != NULL && renumber_is_shared(&renumbering->groups, group))
            return true;
    return false;
}

/*
 * Both branches wrote an entry of one number, and the file holds one of them at most: this branch's comes from before the
 * merge.  A file that people have settled is theirs; it only gets the entries that it lacks.
 */
static int divide_dependencies(struct renumbering *renumbering, const char *path, const char *text, const char **edited,
                               struct err *err)
{
    struct arena *arena = renumbering->run->arena;
    const char *mine = renumbering_text_at(renumbering, renumbering->mine, path), *moved;
    const char *theirs = renumbering_text_at(renumbering, renumbering->ref, path);
    const char *ancestor = renumbering_text_at(renumbering, renumbering->ancestor, path);
    bool left = false;
    if (mine == NULL)
        return 0;
    if (renumber_dependencies(arena, path, mine, ancestor, renumbering->service->name, true, &renumbering->groups, &moved,
                              &left, err) != 0)
        return -1;
    renumbering->left = false;
    if (theirs != NULL && is_undecided(text, mine, theirs))
        return json_merge(arena, path, ancestor, moved, theirs, edited, err);
    return renumber_entries(arena, path, *edited, moved, &renumbering->groups, edited, err);
}

static int edit_dependencies(struct renumbering *renumbering, const struct service *service, struct err *err)
{
    struct arena *arena = renumbering->run->arena;
    const char *path = path_join(arena, service->migrations_directory, "dependencies.json"), *edited;
    bool own = service == renumbering->service;
    char *text;
    if (file_kind(path) != FILE_REGULAR)
        return 0;
    if (read_text(renumbering->run, path, &text, err) != 0)
        return -1;
    edited = text;
    if (!(own && is_torn(text) && renumbering->mine != NULL) &&
        renumber_dependencies(arena, path, text, renumbering_text_at(renumbering, renumbering->ref, path),
                              renumbering->service->name, own, &renumbering->groups, &edited, &renumbering->left, err) != 0)
        return -1;
    if (own && shares_a_number(renumbering) && divide_dependencies(renumbering, path, text, &edited, err) != 0)
        return -1;
    if (strcmp(edited, text) != 0)
        batch_replace(&renumbering->batch, path, text, edited);
    return 0;
}

static int edit_environments(struct renumbering *renumbering, struct err *err)
{
    struct arena *arena = renumbering->run->arena;
    const char *path = path_join(arena, renumbering->directory, "environments.json"), *edited;
    char *text;
    if (file_kind(path) != FILE_REGULAR)
        return 0;
    if (read_text(renumbering->run, path, &text, err) != 0 ||
        renumber_environments(arena, path, text, &renumbering->groups, &edited, err) != 0)
        return -1;
    if (strcmp(edited, text) != 0)
        batch_replace(&renumbering->batch, path, text, edited);
    return 0;
}

/* The last first, since one may get the number that another leaves. */
int renumbering_collect(struct renumbering *renumbering, struct err *err)
{
    for (size_t i = renumbering->groups.count; i > 0; i--)
        if (renumbering->groups.at[i - 1].new_digits != NULL &&
            move_group(renumbering, &renumbering->groups.at[i - 1], err) != 0)
            return -1;
    if (renumbering->run->catalog.plain)
        return 0;
    vec_each(service, &renumbering->run->catalog.services)
        if (edit_dependencies(renumbering, *service, err) != 0)
            return -1;
    return edit_environments(renumbering, err);
}

