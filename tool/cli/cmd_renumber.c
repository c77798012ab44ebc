#include "base/file.h"
#include "base/flock.h"
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/new_migration.h"
#include "cli/renumbering.h"
#include "cli/run.h"
#include "flow/target.h"
#include "pg/server.h"

#include <stdio.h>
#include <string.h>

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

/* Without a database that is configured, in development, that of the private server: is there one? */
static bool has_database(const struct run *run, const struct service *service)
{
    struct err unused = {.arena = run->arena};
    struct server server;
    if (config_has_database(&service->config))
        return true;
    return config_is_development(&service->config) && server_look(run->arena, service->config.root, &server, &unused) == 0 &&
           file_kind(server.data_directory) == FILE_DIRECTORY;
}

static int ask_database(struct renumbering *renumbering, struct service_states *states, struct err *err)
{
    struct run *run = renumbering->run;
    struct targets targets;
    if (targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    int status = targets_read(run->arena, &targets, states, err);
    targets_close(&targets);
    return status;
}

/* What is applied keeps its number.  Where nobody can be asked, only --connected insists. */
static int check_database(struct renumbering *renumbering, struct err *err)
{
    struct run *run = renumbering->run;
    struct service_states states = {0};
    struct err failure = {.arena = run->arena};
    bool moves = false, insists = option_on(&run->options, OPTION_CONNECTED);
    vec_each(group, &renumbering->groups)
        moves = moves || group->new_digits != NULL;
    if (!moves || (!insists && !has_database(run, renumbering->service)))
        return 0;
    if (ask_database(renumbering, &states, insists ? err : &failure) == 0)
        return refuse_applied(renumbering, states.at[renumbering->service->number], err);
    if (!insists && !option_on(&run->options, OPTION_QUIET))
        fprintf(stderr, "nobody could tell whether one of them is applied: %s\n", failure.message);
    return insists ? -1 : 0;
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

static bool print(struct renumbering *renumbering, bool several, struct json *moves)
{
    struct run *run = renumbering->run;
    bool json = option_on(&run->options, OPTION_JSON), any = false;
    vec_each(group, &renumbering->groups) {
        if (group->new_digits == NULL)
            continue;
        any = true;
        struct json *move = json_object(run->arena);
        if (renumbering->service->schema != NULL)
            json_set_text(move, "service", renumbering->service->name);
        json_set_text(move, "name", group->name);
        json_set_text(move, "from", group->digits);
        json_set_text(move, "to", group->new_digits);
        json_add(moves, move);
        if (!json)
            printf("%s%s%s -> %s_%s\n", several ? renumbering->service->name : "", several ? " " : "",
                   label(renumbering, group), group->new_digits, group->name);
    }
    if (renumbering->left && !option_on(&run->options, OPTION_QUIET))
        fputs("dependencies.json: an entry of that number stays with the migration that keeps the number\n", stderr);
    return any;
}

static int renumber(struct renumbering *renumbering, struct err *err)
{
    const char *text = argument_text(renumbering->run, OPTION_MIGRATION);
    if (renumber_list(renumbering->run->arena, renumbering->directory, &renumbering->groups, err) != 0 ||
        renumbering_find_base(renumbering, err) != 0 || renumbering_mark_base(renumbering, err) != 0 ||
        (text != NULL ? choose_named(renumbering, text, err) : choose_all(renumbering, err)) != 0)
        return -1;
    take_along(renumbering);
    if (check_database(renumbering, err) != 0 || number(renumbering, text != NULL, err) != 0)
        return -1;
    renumbering_find_mine(renumbering);
    return renumbering_collect(renumbering, err) != 0 ? -1 : batch_write(&renumbering->batch, err);
}

static int open_catalog(struct run *run, struct err *err)
{
    run->findings = (struct findings){0};
    return run_open(run, NEED_CATALOG | NEED_FINDINGS, err);
}

/* What was read before the lock may have been half written by a run that was killed. */
static int renumber_service(struct run *run, size_t number, struct renumbering *renumbering, struct err *err)
{
    const struct service *service = run->catalog.services.at[number];
    const char *directory = path_absolute(run->arena, service->migrations_directory);
    bool settled;
    int lock;
    *renumbering = (struct renumbering){.run = run, .directory = directory, .batch = new_migration_batch(run, directory)};
    if (new_migration_lock(run, directory, &lock, &settled, err) != 0)
        return -1;
    int status = settled ? open_catalog(run, err) : 0;
    renumbering->service = run->catalog.services.at[number];
    if (status == 0)
        status = renumber(renumbering, err);
    flock_release(lock);
    return status;
}

/*
 * All services of the repository, but where one is named, or a migration that only one of them can have.  Two migrations
 * of one version are an error of the catalog, which is what this is for.
 */
int cmd_renumber(struct run *run, struct err *err)
{
    const struct service *one = NULL;
    bool any = false;
    if (open_catalog(run, err) != 0 ||
        ((run->service != NULL || argument_text(run, OPTION_MIGRATION) != NULL) && (one = run_service(run, err)) == NULL))
        return -1;
    struct json *document = json_log_document(run->arena), *moves = json_list(run->arena);
    for (size_t i = one == NULL ? 0 : one->number; i < run->catalog.services.count && (one == NULL || i == one->number); i++) {
        struct renumbering renumbering;
        if (renumber_service(run, i, &renumbering, err) != 0)
            return -1;
        any = print(&renumbering, one == NULL && run->catalog.services.count > 1, moves) || any;
    }
    json_set(document, "moves", moves);
    if (option_on(&run->options, OPTION_JSON))
        json_log_print(run->arena, document);
    else if (!any)
        puts("nothing to renumber");
    new_migration_tell_dry(run);
    return 0;
}
