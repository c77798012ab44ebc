#include "base/batch.h"
#include "base/file.h"
#include "base/flock.h"
#include "base/git.h"
#include "base/map.h"
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/new_migration.h"
#include "cli/run.h"
#include "flow/target.h"
#include "write/renumber.h"

#include <stdio.h>
#include <string.h>

struct renumbering {
    struct run *run;
    const struct service *service;
    const char *directory;             /* of migrations */
    struct git git;
    const char *ref;                   /* the base; NULL: no git, or no branch to compare with */
    struct renumber_groups groups;
    struct batch batch;
    bool left;                         /* an entry of dependencies.json stays with another migration */
};

/* --- the base */

static bool is_commit(struct renumbering *renumbering, const char *ref)
{
    struct err unused = {.arena = renumbering->run->arena};
    struct proc_text output = {0};
    const char *name = arena_printf(renumbering->run->arena, "%s^{commit}", ref);
    return git_ask(&renumbering->git, (const char *const[]){"rev-parse", "--verify", "--quiet", name, NULL}, &output,
                   &unused) == 0;
}

/* Without --base the branch that a clone usually has. */
static int find_base(struct renumbering *renumbering, struct err *err)
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
static int mark_base(struct renumbering *renumbering, struct err *err)
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

/* A file as the base has it; NULL: it has none. */
static const char *base_text(struct renumbering *renumbering, const char *path)
{
    struct arena *arena = renumbering->run->arena;
    struct err unused = {.arena = arena};
    struct proc_text output = {0};
    const char *inside;
    if (renumbering->ref == NULL || git_path(&renumbering->git, path, &inside, &unused) != 0 ||
        git_ask(&renumbering->git, (const char *const[]){"cat-file", "blob",
                                                          arena_printf(arena, "%s:%s", renumbering->ref, inside), NULL},
                &output, &unused) != 0)
        return NULL;
    return arena_strndup(arena, output.at, output.length);
}

/* --- which ones */

static bool is_called(const struct renumber_group *group, const char *text)
{
    uint64_t version;
    const char *name;
    if (!filename_reference(text, &version, &name))
        return strcmp(group->name, text) == 0;
    return group->version == version && (name == NULL || strcmp(group->name, name) == 0);
}

static const char *label(struct renumbering *renumbering, const struct renumber_group *group)
{
    return arena_printf(renumbering->run->arena, "%s_%s", group->digits, group->name);
}

static int choose_named(struct renumbering *renumbering, const char *text, struct err *err)
{
    struct renumber_group *found = NULL;
    vec_each(group, &renumbering->groups)
        if (is_called(group, text)) {
            if (found != NULL && found->on_base == group->on_base) {
                err_set(err, ERR_USAGE, "%s is the version of several migrations", text);
                return err_hint(err, "say which: %s or %s", label(renumbering, found), label(renumbering, group));
            }
            found = found == NULL || found->on_base ? group : found;
        }
    if (found == NULL)
        return err_set(err, ERR_USAGE, "%s has no migration %s", service_shown(renumbering->service), text);
    if (found->on_base) {
        err_set(err, ERR_POLICY, "%s is on %s already", label(renumbering, found), renumbering->ref);
        return err_hint(err, "others have it under that number; renumber the one that only this branch has");
    }
    found->new_digits = "";
    return 0;
}

/* After the merge is on the base itself, nothing tells which one came later. */
static int refuse_both(struct renumbering *renumbering, const struct renumber_group *group, struct err *err)
{
    vec_each(other, &renumbering->groups)
        if (other != group && other->version == group->version && other->on_base && renumber_meet(group, other)) {
            err_set(err, ERR_USAGE, "%s and %s have one version, and both are on %s", label(renumbering, group),
                    label(renumbering, other), renumbering->ref);
            return err_hint(err, "--base names a commit that has one of them only, such as %s^1", renumbering->ref);
        }
    return 0;
}

/* Two that nobody else can tell apart. */
static int refuse_unclear(struct renumbering *renumbering, const struct renumber_group *group, struct err *err)
{
    vec_each(other, &renumbering->groups)
        if (other != group && other->version == group->version && !other->on_base && renumber_meet(group, other)) {
            err_set(err, ERR_USAGE, "%s and %s have one version, and neither is on %s", label(renumbering, group),
                    label(renumbering, other), renumbering->ref == NULL ? "a base that git knows" : renumbering->ref);
            return err_hint(err, "say which one moves: skein renumber %s", label(renumbering, other));
        }
    return 0;
}

/* What comes behind one that moves, and is on this branch only, may stand on it: it stays behind it. */
static void take_along(struct renumbering *renumbering)
{
    vec_each(group, &renumbering->groups)
        vec_each(before, &renumbering->groups)
            if (renumbering->ref != NULL && !group->on_base && before->new_digits != NULL &&
                before->version < group->version && renumber_meet(group, before))
                group->new_digits = "";
}

static int choose_all(struct renumbering *renumbering, struct err *err)
{
    struct renumber_groups *groups = &renumbering->groups;
    vec_each(group, groups) {
        if (group->on_base && refuse_both(renumbering, group, err) != 0)
            return -1;
        if (!renumber_must_move(groups, group))
            continue;
        if (refuse_unclear(renumbering, group, err) != 0)
            return -1;
    }
    vec_each(group, groups)
        if (renumber_must_move(groups, group))
            group->new_digits = "";
    return 0;
}

static int refuse_applied(struct renumbering *renumbering, const struct service_state *state, struct err *err)
{
    vec_each(group, &renumbering->groups) {
        const struct execution *execution = state_find(state, group->version);
        bool its_own = execution == NULL || execution->migration_id == NULL ||
                       strcmp(execution->migration_id, label(renumbering, group)) == 0;
        if (group->new_digits == NULL || !state_applied(state, group->version) || !its_own)
            continue;
        err_set(err, ERR_POLICY, "%s is applied", label(renumbering, group));
        return err_hint(err, "roll it back first, where that may be done");
    }
    return 0;
}

static int check_database(struct renumbering *renumbering, struct err *err)
{
    struct run *run = renumbering->run;
    struct targets targets;
    struct service_states states = {0};
    if (!option_on(&run->options, OPTION_CONNECTED))
        return 0;
    if (targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    int status = targets_read(run->arena, &targets, &states, err);
    targets_close(&targets);
    return status != 0 ? -1 : refuse_applied(renumbering, states.at[renumbering->service->number], err);
}

/* --- what changes */

/* Behind the highest of those that stay; one that was named asks for a number that it has not got. */
static int number(struct renumbering *renumbering, bool named, struct err *err)
{
    struct numbering numbering = {0};
    vec_each(group, &renumbering->groups)
        if (named || group->new_digits == NULL)
            numbering_note(renumbering->run->arena, &numbering, group->files.at[0]);
    vec_each(group, &renumbering->groups)
        if (group->new_digits != NULL &&
            new_migration_version(renumbering->run, &numbering, &group->new_digits, err) != 0)
            return -1;
    return 0;
}

static int read_text(struct run *run, const char *path, char **text, struct err *err)
{
    size_t length;
    return file_read(run->arena, path, (size_t)config_number(&run->config, SETTING_MAX_FILE_SIZE), text, &length, err);
}

/* A page that the base has, or that another migration of that number may have written, stays where it is. */
static int move_page(struct renumbering *renumbering, const struct renumber_group *group, struct err *err)
{
    struct arena *arena = renumbering->run->arena;
    const char *docs = path_join(arena, renumbering->directory, "docs");
    if (!group->top)
        docs = path_join(arena, docs, path_base(group->directory));
    const char *path = path_join(arena, docs, arena_printf(arena, "migration_%s.md", group->digits));
    const char *new_path = path_join(arena, docs, arena_printf(arena, "migration_%s.md", group->new_digits));
    char *text;
    bool unclear = renumbering->ref == NULL || base_text(renumbering, path) != NULL;
    if (file_kind(path) != FILE_REGULAR || (unclear && renumber_is_shared(&renumbering->groups, group)))
        return 0;
    if (read_text(renumbering->run, path, &text, err) != 0)
        return -1;
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

static int edit_dependencies(struct renumbering *renumbering, const struct service *service, struct err *err)
{
    struct arena *arena = renumbering->run->arena;
    const char *path = path_join(arena, service->migrations_directory, "dependencies.json"), *edited;
    char *text;
    if (file_kind(path) != FILE_REGULAR)
        return 0;
    if (read_text(renumbering->run, path, &text, err) != 0 ||
        renumber_dependencies(arena, path, text, base_text(renumbering, path), renumbering->service->name,
                              service == renumbering->service, &renumbering->groups, &edited, &renumbering->left, err) != 0)
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
static int collect(struct renumbering *renumbering, struct err *err)
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

static void print(struct renumbering *renumbering)
{
    struct run *run = renumbering->run;
    struct json *document = json_log_document(run->arena), *moves = json_list(run->arena);
    bool json = option_on(&run->options, OPTION_JSON), any = false;
    vec_each(group, &renumbering->groups) {
        if (group->new_digits == NULL)
            continue;
        any = true;
        struct json *move = json_object(run->arena);
        json_set_text(move, "name", group->name);
        json_set_text(move, "from", group->digits);
        json_set_text(move, "to", group->new_digits);
        json_add(moves, move);
        if (!json)
            printf("%s -> %s_%s\n", label(renumbering, group), group->new_digits, group->name);
    }
    json_set(document, "moves", moves);
    if (json)
        json_log_print(run->arena, document);
    else if (!any)
        puts("nothing to renumber");
    if (renumbering->left && !option_on(&run->options, OPTION_QUIET))
        fputs("dependencies.json: an entry of that number stays with the migration that keeps the number\n", stderr);
}

static int renumber(struct renumbering *renumbering, struct err *err)
{
    const char *text = argument_text(renumbering->run, OPTION_MIGRATION);
    if (renumber_list(renumbering->run->arena, renumbering->directory, &renumbering->groups, err) != 0 ||
        find_base(renumbering, err) != 0 || mark_base(renumbering, err) != 0 ||
        (text != NULL ? choose_named(renumbering, text, err) : choose_all(renumbering, err)) != 0)
        return -1;
    take_along(renumbering);
    if (check_database(renumbering, err) != 0 || number(renumbering, text != NULL, err) != 0 || collect(renumbering, err) != 0 ||
        new_migration_write(renumbering->run, &renumbering->batch, err) != 0)
        return -1;
    print(renumbering);
    return 0;
}

static int open_catalog(struct renumbering *renumbering, struct err *err)
{
    struct run *run = renumbering->run;
    run->findings = (struct findings){0};
    if (run_open(run, NEED_CATALOG | NEED_FINDINGS, err) != 0 || (renumbering->service = run_service(run, err)) == NULL)
        return -1;
    renumbering->directory = renumbering->batch.directory =
        path_absolute(run->arena, renumbering->service->migrations_directory);
    return 0;
}

/* Two migrations of one version are an error of the catalog, which is what this is for. */
int cmd_renumber(struct run *run, struct err *err)
{
    struct renumbering renumbering = {.run = run, .batch = new_migration_batch(run, NULL)};
    bool settled;
    int lock;
    if (open_catalog(&renumbering, err) != 0 ||
        new_migration_lock(run, renumbering.directory, &lock, &settled, err) != 0)
        return -1;
    int status = settled ? open_catalog(&renumbering, err) : 0;
    if (status == 0)
        status = renumber(&renumbering, err);
    flock_release(lock);
    return status;
}
