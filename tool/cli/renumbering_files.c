/* The files that name migrations which get other numbers. */
#include "cli/renumbering.h"

#include "base/file.h"
#include "cli/run.h"
#include "text/json.h"
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

static void leave_page(struct batch *batch, const char *path, const char *text, const char *theirs)
{
    if (theirs == NULL)
        batch_remove(batch, path, text);
    else if (strcmp(text, theirs) != 0)
        batch_replace(batch, path, text, theirs);
}

static const char *page_of(const struct renumbering *renumbering, const struct renumber_group *group, const char *digits)
{
    struct arena *arena = renumbering->run->arena;
    const char *docs = path_join(arena, renumbering->directory, "docs");
    if (!group->top)
        docs = path_join(arena, docs, path_base(group->directory));
    return path_join(arena, docs, arena_printf(arena, "migration_%s.md", digits));
}

/* The same migration, with the number that it had before the merge. */
static const struct renumber_group *before_merge(const struct renumbering *renumbering, const struct renumber_group *group)
{
    vec_each(mine, &renumbering->mine_groups)
        if (strcmp(mine->name, group->name) == 0 && strcmp(mine->directory, group->directory) == 0)
            return mine;
    return NULL;
}

/* This branch's page of a migration, as it was before the merge, with the number that it gets; NULL: none. */
static const char *page_before_merge(const struct renumbering *renumbering, const struct renumber_group *group)
{
    const struct renumber_group *before = before_merge(renumbering, group);
    const char *digits = group->new_digits != NULL ? group->new_digits : group->digits;
    if (before == NULL)
        return NULL;
    const char *text = renumbering_text_at(renumbering, renumbering->mine, page_of(renumbering, group, before->digits));
    return text == NULL ? NULL : renumber_text(renumbering->run->arena, text, before->digits, digits);
}

/* The page of the migration that keeps the number: the base's, or this branch's own. */
static const char *page_that_stays(const struct renumbering *renumbering, const struct renumber_group *group)
{
    const char *path = page_of(renumbering, group, group->digits);
    vec_each(other, &renumbering->groups)
        if (other->new_digits == NULL && other->version == group->version && !other->on_base)
            return page_before_merge(renumbering, other);
    return renumbering_text_at(renumbering, renumbering->ref, path);
}

/* Of two pages of one number one goes along, and the other stays. */
static void divide_page(struct renumbering *renumbering, const struct renumber_group *group, const char *text,
                        struct batch *batch)
{
    const char *path = page_of(renumbering, group, group->digits);
    const char *mine = renumbering_text_at(renumbering, renumbering->mine, path);
    const char *moved = page_before_merge(renumbering, group), *stays = page_that_stays(renumbering, group);
    if (moved == NULL)
        return;
    batch_create(batch, page_of(renumbering, group, group->new_digits), moved);
    if (text != NULL && is_undecided(text, mine, stays))
        leave_page(batch, path, text, stays);
}

static int move_page(struct renumbering *renumbering, const struct renumber_group *group, struct batch *batch,
                     struct err *err)
{
    const char *path = page_of(renumbering, group, group->digits);
    const char *new_path = page_of(renumbering, group, group->new_digits);
    char *text = NULL;
    bool shared = renumber_is_shared(&renumbering->groups, group), there = file_kind(path) == FILE_REGULAR;
    if (there && read_text(renumbering->run, path, &text, err) != 0)
        return -1;
    if (shared && renumbering->mine != NULL) {
        divide_page(renumbering, group, text, batch);
        return 0;
    }
    bool unclear = renumbering->ref == NULL || renumbering_text_at(renumbering, renumbering->ref, path) != NULL;
    if (!there || (unclear && shared))
        return 0;
    batch_create(batch, new_path, renumber_text(renumbering->run->arena, text, group->digits, group->new_digits));
    batch_remove(batch, path, text);
    return 0;
}

static int move_group(struct renumbering *renumbering, const struct renumber_group *group, struct batch *batch,
                      struct err *err)
{
    struct arena *arena = renumbering->run->arena;
    vec_each(file, &group->files) {
        const char *rest = *file + strlen(group->digits);
        batch_rename(batch, path_join(arena, group->directory, *file),
                     path_join(arena, group->directory, arena_printf(arena, "%s%s", group->new_digits, rest)));
    }
    return move_page(renumbering, group, batch, err);
}

/* Both branches have a migration of one number, and so an entry of one key. */
static bool shares_a_number(const struct renumbering *renumbering)
{
    vec_each(group, &renumbering->groups)
        if (group->new_digits != NULL && renumber_is_shared(&renumbering->groups, group))
            return true;
    return false;
}

/* Git puts two entries of one key into a file without a word; then nobody can read it. */
static bool is_readable(struct arena *arena, const char *path, const char *text)
{
    struct err unused = {.arena = arena};
    struct node *root;
    return json_read(arena, path, text, strlen(text), &root, &unused) == 0;
}

/*
 * A dependencies.json with the numbers to come, of the service and of those that it needs; `of_mine`: a text from before
 * the merge, with the numbers of then.  The service's own first: then its keys are no longer taken for others'.
 */
static int rewrite(struct renumberings *all, const struct service *service, const char *path, bool of_mine, const char **text,
                   struct err *err)
{
    for (int others = 0; others < 2; others++)
        vec_each(one, all) {
            bool own = one->service == service, left = false;
            const char *base = renumbering_text_at(one, of_mine ? one->ancestor : one->ref, path);
            if (own != (others == 0))
                continue;
            if (renumber_dependencies(one->run->arena, path, *text, base, one->service->name, own,
                                      of_mine ? &one->mine_groups : &one->groups, text, &left, err) != 0)
                return -1;
            one->left = one->left || (left && !of_mine);
        }
    return 0;
}

/* The one that knows how this branch was: the service's own, or another whose migrations move. */
static struct renumbering *witness_of(struct renumberings *all, const struct service *service)
{
    struct renumbering *witness = NULL;
    vec_each(one, all)
        if (one->mine != NULL && (one->service == service || witness == NULL) &&
            (shares_a_number(one) || (witness == NULL && one->service == service)))
            witness = one;
    return witness;
}

static struct renumbering *own_of(struct renumberings *all, const struct service *service)
{
    vec_each(one, all)
        if (one->service == service)
            return one;
    return NULL;
}

/* A dependencies.json on its way. */
struct editing {
    struct renumberings *all;
    const struct service *service;
    const char *path, *text;
    bool torn;                              /* nobody can read it */
    struct renumbering *own, *witness;      /* NULL: none */
    const char *mine, *theirs;              /* the file before the merge, and on the base; NULL: there is none */
};

static int read_dependencies(struct run *run, struct editing *editing, struct err *err)
{
    char *text;
    if (read_text(run, editing->path, &text, err) != 0)
        return -1;
    editing->text = text;
    editing->torn = !is_readable(run->arena, editing->path, text);
    editing->own = own_of(editing->all, editing->service);
    editing->witness = witness_of(editing->all, editing->service);
    if (editing->witness == NULL)
        return 0;
    editing->mine = renumbering_text_at(editing->witness, editing->witness->mine, editing->path);
    editing->theirs = renumbering_text_at(editing->witness, editing->witness->ref, editing->path);
    if (!editing->torn || editing->own != NULL)
        return 0;
    err_set(err, ERR_INPUT, "%s waits for a merge to be settled", editing->path);
    return err_hint(err, "without --service all services are settled at once");
}

/* What this branch wrote before the merge, into what the merge has left. */
static int divide_dependencies(struct editing *editing, const char **edited, struct err *err)
{
    struct arena *arena = editing->witness->run->arena;
    const char *moved = editing->mine;
    const char *ancestor = renumbering_text_at(editing->witness, editing->witness->ancestor, editing->path);
    if (rewrite(editing->all, editing->service, editing->path, true, &moved, err) != 0)
        return err_context(err, "%s", editing->witness->mine);
    editing->own->left = false;
    if (editing->theirs == NULL || (!editing->torn && !is_undecided(editing->text, editing->mine, editing->theirs)))
        return renumber_entries(arena, editing->path, *edited, moved, &editing->own->mine_groups, edited, err);
    if (renumber_releases(arena, editing->path, moved, editing->theirs, &moved, &editing->own->taken, err) != 0)
        return -1;
    return json_merge(arena, editing->path, ancestor, moved, editing->theirs, edited, err);
}

static int edit_dependencies(struct run *run, struct renumberings *all, const struct service *service, struct batch *batch,
                             struct err *err)
{
    struct editing editing = {.all = all, .service = service,
                              .path = path_join(run->arena, service->migrations_directory, "dependencies.json")};
    if (file_kind(editing.path) != FILE_REGULAR)
        return 0;
    if (read_dependencies(run, &editing, err) != 0)
        return -1;
    const char *edited = editing.text;
    if ((!editing.torn || editing.mine == NULL || editing.theirs == NULL) &&
        rewrite(all, service, editing.path, false, &edited, err) != 0)
        return -1;
    bool divided = editing.torn || (editing.own != NULL && shares_a_number(editing.own));
    if (editing.mine != NULL && divided && divide_dependencies(&editing, &edited, err) != 0)
        return -1;
    if (strcmp(edited, editing.text) != 0)
        batch_replace(batch, editing.path, editing.text, edited);
    return 0;
}

static int edit_environments(struct renumbering *renumbering, struct batch *batch, struct err *err)
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
        batch_replace(batch, path, text, edited);
    return 0;
}

/* The last first, since one may get the number that another leaves. */
static int collect_files(struct renumbering *renumbering, struct batch *batch, struct err *err)
{
    for (size_t i = renumbering->groups.count; i > 0; i--)
        if (renumbering->groups.at[i - 1].new_digits != NULL &&
            move_group(renumbering, &renumbering->groups.at[i - 1], batch, err) != 0)
            return -1;
    return renumbering->run->catalog.plain ? 0 : edit_environments(renumbering, batch, err);
}

int renumbering_collect(struct run *run, struct renumberings *all, struct batch *batch, struct err *err)
{
    bool moves = false;
    vec_each(one, all) {
        vec_each(group, &one->groups)
            moves = moves || group->new_digits != NULL;
        if (collect_files(one, batch, err) != 0)
            return -1;
    }
    if (!moves || run->catalog.plain)
        return 0;
    vec_each(service, &run->catalog.services)
        if (edit_dependencies(run, all, *service, batch, err) != 0)
            return -1;
    return 0;
}
