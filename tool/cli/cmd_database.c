#include "base/str.h"
#include "cli/commands.h"
#include "cli/consent.h"
#include "cli/database_view.h"
#include "cli/psql.h"
#include "cli/run.h"
#include "cli/verb.h"
#include "flow/database.h"
#include "flow/target.h"

/* What a verb works on. */
struct subject {
    struct targets targets;
    struct target *target;
    const char *name;
};

static int choose_target(struct run *run, struct subject *subject, struct err *err)
{
    struct targets *targets = &subject->targets;
    if (targets_find(run->arena, &run->catalog, &run->events, targets, err) != 0)
        return -1;
    if (run->service != NULL) {
        subject->target = targets_target(targets, run->service);
        return 0;
    }
    if (targets->list.count == 1) {
        subject->target = &targets->list.at[0];
        return 0;
    }
    if (targets->list.count == 0) {
        subject->target = arena_new(run->arena, struct target);
        return target_of_config(run->arena, &run->config, &run->events, subject->target, err);
    }
    err_set(err, ERR_USAGE, "the services live in %zu databases, and this command works on one", targets->list.count);
    return err_hint(err, "name a service that lives in the one you mean with --service");
}

/*
 * The database that is meant.  Creating and dropping must work where the files are in such disorder that no
 * catalog can be read; then it is the repository's.
 */
static int open_subject(struct run *run, bool needs_catalog, struct subject *subject, struct err *err)
{
    *subject = (struct subject){0};
    if (run_open(run, NEED_CATALOG | NEED_FINDINGS, err) == 0) {
        if (choose_target(run, subject, err) != 0)
            return -1;
    } else {
        if (needs_catalog || run->options.text[OPTION_SERVICE] != NULL)
            return -1;
        err_clear(err);
        subject->target = arena_new(run->arena, struct target);
        if (target_of_config(run->arena, &run->config, &run->events, subject->target, err) != 0)
            return -1;
    }
    return database_name(run->arena, &subject->target->dsn, &subject->name, err);
}

static int create(struct run *run, struct err *err)
{
    struct subject subject;
    bool made;
    if (open_subject(run, false, &subject, err) != 0
        || database_create(run->arena, &subject.target->dsn, &made, err) != 0)
        return -1;
    database_view_done(run, subject.name, "created", made,
                       arena_printf(run->arena, made ? "created the database %s" : "the database %s is there already",
                                    subject.name));
    return 0;
}

/* Only in development are the sessions of others ended without asking them. */
static int drop_subject(struct run *run, struct subject *subject, bool *dropped, struct err *err)
{
    if (open_subject(run, false, subject, err) != 0
        || consent_to_loss(run, subject->target, subject->name, "drops the database", err) != 0)
        return -1;
    return database_drop(run->arena, &subject->target->dsn, config_is_development(&run->config), dropped, err);
}

static int drop(struct run *run, struct err *err)
{
    struct subject subject;
    bool dropped;
    if (drop_subject(run, &subject, &dropped, err) != 0)
        return -1;
    database_view_done(run, subject.name, "dropped", dropped,
                       arena_printf(run->arena, dropped ? "dropped the database %s" : "there is no database %s",
                                    subject.name));
    return 0;
}

static int recreate(struct run *run, struct err *err)
{
    struct subject subject;
    bool dropped, made;
    if (drop_subject(run, &subject, &dropped, err) != 0
        || database_create(run->arena, &subject.target->dsn, &made, err) != 0)
        return -1;
    database_view_done(run, subject.name, "recreated", dropped,
                       arena_printf(run->arena, dropped ? "dropped and created the database %s"
                                                        : "created the database %s", subject.name));
    return 0;
}

/* The services of one database, as a catalog of its own. */
static struct catalog part_of(const struct run *run, const struct subject *subject)
{
    struct catalog part = run->catalog;
    part.services = subject->target->services;
    if (run->service != NULL) {
        part.services = (struct services){0};
        *vec_add(run->arena, &part.services) = (struct service *)(uintptr_t)run->service;
    }
    return part;
}

static int clean(struct run *run, struct err *err)
{
    struct subject subject;
    struct strings dropped = {0};
    if (open_subject(run, true, &subject, err) != 0)
        return -1;
    const char *what = run->catalog.plain ? "drops everything in the current schema of the database"
                                          : "drops the services' schemas in the database";
    struct catalog part = part_of(run, &subject);
    struct conn *conn = &subject.target->work;
    if (consent_to_loss(run, subject.target, subject.name, what, err) != 0
        || conn_open(run->arena, &subject.target->dsn, conn, err) != 0)
        return -1;
    int result = database_clean(run->arena, conn, &part, &dropped, err);
    conn_close(conn);
    if (result == 0)
        database_view_dropped(run, subject.name, &dropped);
    return result;
}

static int connect_psql(struct run *run, struct err *err)
{
    struct subject subject;
    struct strings rest = run->options.arguments;
    rest.at++;
    rest.count--;
    if (open_subject(run, false, &subject, err) != 0)
        return -1;
    return psql_run(run->arena, &subject.target->dsn, NULL, &rest, err);
}

/* ---- looking ---- */

static int judge(const struct database_facts *facts, const struct service_state *const states[], size_t count,
                 struct err *err)
{
    if (facts->standby || facts->read_only)
        return err_set(err, ERR_PERMISSION, "the database %s is read-only", facts->name);
    for (size_t i = 0; i < count; i++)
        if (states[i]->open != NULL || states[i]->dirty) {
            err_set(err, ERR_UNSETTLED, "%s was left half-way", states[i]->service->name);
            return err_hint(err, "skein status --service %s shows where", states[i]->service->name);
        }
    return 0;
}

static int health(struct run *run, struct err *err)
{
    struct subject subject;
    struct database_facts facts;
    if (open_subject(run, false, &subject, err) != 0)
        return -1;
    struct target *target = subject.target;
    size_t count = target->services.count;
    int result = database_facts(run->arena, &target->dsn, &target->work, &facts, err);
    if (result == 0 && count != 0)
        result = target_read(run->arena, target, run->catalog.plain, err);
    conn_close(&target->work);
    if (result != 0)
        return -1;
    const struct service_state **states = arena_alloc(run->arena, (count + 1) * sizeof(*states));
    for (size_t i = 0; i < count; i++) {
        state_reconcile(run->arena, target->records[i].state);
        states[i] = target->records[i].state;
    }
    database_view_health(run, &facts, states, count);
    return judge(&facts, states, count, err);
}

static int schema(struct run *run, struct err *err)
{
    struct subject subject;
    struct database_schemas schemas = {0};
    if (open_subject(run, false, &subject, err) != 0
        || conn_open(run->arena, &subject.target->dsn, &subject.target->work, err) != 0)
        return -1;
    int result = database_list_schemas(run->arena, &subject.target->work, &schemas, err);
    conn_close(&subject.target->work);
    if (result == 0)
        database_view_schemas(run, &schemas);
    return result;
}

static int show_tables(struct run *run, bool counted, struct err *err)
{
    struct subject subject;
    struct database_tables list = {0};
    if (open_subject(run, true, &subject, err) != 0
        || conn_open(run->arena, &subject.target->dsn, &subject.target->work, err) != 0)
        return -1;
    struct catalog part = part_of(run, &subject);
    struct conn *conn = &subject.target->work;
    int result = database_list_tables(run->arena, conn, &part, &list, err);
    if (result == 0 && counted)
        result = database_count(run->arena, conn, &list, err);
    conn_close(conn);
    if (result == 0)
        database_view_tables(run, &list, counted);
    return result;
}

static int tables(struct run *run, struct err *err)
{
    return show_tables(run, false, err);
}

static int counts(struct run *run, struct err *err)
{
    return show_tables(run, true, err);
}

int cmd_database(struct run *run, struct err *err)
{
    static const struct verb verbs[] = {
        {"create", create}, {"drop", drop},     {"recreate", recreate}, {"clean", clean},   {"connect", connect_psql},
        {"health", health}, {"schema", schema}, {"tables", tables},     {"counts", counts}, {NULL, NULL}};
    const struct strings *arguments = &run->options.arguments;
    if (arguments->count > 1 && !str_same(arguments->at[0], "connect")) {
        err_set(err, ERR_USAGE, "%s is one argument too many", arguments->at[1]);
        return err_hint(err, "only `skein database connect -- …` hands arguments on");
    }
    return verb_run(run, verbs, err);
}
