#include "base/file.h"
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

static bool moves_any(const struct renumbering *renumbering)
{
    vec_each(group, &renumbering->groups)
        if (group->new_digits != NULL)
            return true;
    return false;
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
        return err_hint(err, "roll it back first; in a merge, which gives two migrations one version: git merge --abort, skein down, "
                         "and merge again");
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
    bool insists = option_on(&run->options, OPTION_CONNECTED);
    if (!insists && !has_database(run, renumbering->service))
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
    vec_each(name, &renumbering->taken)
        if (!option_on(&run->options, OPTION_QUIET))
            fprintf(stderr, "release %s: the base has made one of that name, and it stays; make another one with skein release\n", *name);
    if (renumbering->left && !option_on(&run->options, OPTION_QUIET))
        fputs("dependencies.json: an entry of that number stays with the migration that keeps the number\n", stderr);
    return any;
}

/* Which migrations move, and where to. */
static int prepare(struct renumbering *renumbering, struct err *err)
{
    const char *text = argument_text(renumbering->run, OPTION_MIGRATION);
    if (renumber_list(renumbering->run->arena, renumbering->directory, &renumbering->groups, err) != 0 ||
        renumbering_find_base(renumbering, err) != 0 || renumbering_mark_base(renumbering, err) != 0 ||
        (text != NULL ? choose_named(renumbering, text, err) : choose_all(renumbering, err)) != 0)
        return -1;
    take_along(renumbering);
    if (!moves_any(renumbering))
        return 0;
    if (check_database(renumbering, err) != 0 || number(renumbering, text != NULL, err) != 0)
        return -1;
    renumbering_find_mine(renumbering);
    return 0;
}

static int open_catalog(struct run *run, struct err *err)
{
    run->findings = (struct findings){0};
    return run_open(run, NEED_CATALOG | NEED_FINDINGS, err);
}

static int prepare_all(struct run *run, struct renumberings *all, struct err *err)
{
    bool every = run->service == NULL && argument_text(run, OPTION_MIGRATION) == NULL;
    const struct service *one = every ? NULL : run_service(run, err);
    if (!every && one == NULL)
        return -1;
    vec_each(service, &run->catalog.services) {
        if (!every && *service != one)
            continue;
        struct renumbering *renumbering = vec_add(run->arena, all);
        *renumbering = (struct renumbering){.run = run, .service = *service,
                                            .directory = path_absolute(run->arena, (*service)->migrations_directory)};
        if (prepare(renumbering, err) != 0)
            return -1;
    }
    return 0;
}

/* What was read before the locks may have been half written by a run that was killed. */
static int renumber(struct run *run, bool settled, struct renumberings *all, struct err *err)
{
    struct batch batch = new_migration_batch(run, NULL);
    if ((settled && open_catalog(run, err) != 0) || prepare_all(run, all, err) != 0)
        return -1;
    if (all->count == 0)
        return 0;
    batch.directory = all->at[0].directory;
    return renumbering_collect(run, all, &batch, err) != 0 ? -1 : new_migration_write(run, &batch, err);
}

/*
 * All services of the repository, but where one is named, or a migration that only one of them can have.  Two migrations
 * of one version are an error of the catalog, which is what this is for.
 */
int cmd_renumber(struct run *run, struct err *err)
{
    struct migration_locks locks = {0};
    struct renumberings all = {0};
    bool any = false, settled = false;
    if (open_catalog(run, err) != 0)
        return -1;
    int status = new_migration_lock_all(run, &locks, &settled, err);
    if (status == 0)
        status = renumber(run, settled, &all, err);
    new_migration_unlock(&locks);
    if (status != 0)
        return -1;
    struct json *document = json_log_document(run->arena), *moves = json_list(run->arena);
    vec_each(renumbering, &all)
        any = print(renumbering, all.count > 1, moves) || any;
    json_set(document, "moves", moves);
    if (option_on(&run->options, OPTION_JSON))
        json_log_print(run->arena, document);
    else if (!any)
        puts("nothing to renumber");
    return 0;
}
