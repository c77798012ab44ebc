#include "flow/connected.h"

#include "base/str.h"
#include "flow/database.h"
#include "flow/target.h"
#include "model/edited.h"
#include "model/status.h"
#include "pg/server.h"

static int require_database(struct arena *arena, const struct config *config, struct err *err)
{
    struct server server;
    if (config_has_database(config))
        return 0;
    if (config_is_development(config)) {
        if (server_look(arena, config->root, &server, err) != 0)
            return -1;
        if (server.pid != 0)
            return 0;
    }
    err_set(err, ERR_USAGE, "no database is configured for the environment %s, and validation starts none",
            config_text(config, SETTING_ENVIRONMENT));
    return err_hint(err, "set DATABASE_URL, give --database, start the private server with skein dev start, or leave "
                         "--connected out");
}

static bool lives_there(const struct target *target, bool plain, const char *schema)
{
    vec_each(service, &target->services)
        if (plain || str_same((*service)->schema, schema))
            return true;
    return false;
}

static int add_sizes(struct arena *arena, const struct catalog *catalog, struct target *target,
                     struct table_sizes *sizes, struct err *err)
{
    struct database_tables tables = {0};
    if (database_list_tables(arena, &target->work, catalog, &tables, err) != 0)
        return -1;
    vec_each(table, &tables)
        if (lives_there(target, catalog->plain, table->schema))
            *vec_add(arena, sizes) = (struct table_size){
                .name = {.schema = table->schema, .name = table->name}, .rows = table->rows, .bytes = table->bytes};
    return 0;
}

static void say_edited(struct arena *arena, const struct service *service, const struct status_row *row,
                       struct findings *findings)
{
    const struct execution *execution = row->execution;
    struct edited edited;
    const char *what = edited_find(arena, row->migration, execution->checksum, &edited) ? edited_text(arena, &edited) : "its file";
    struct str when = str_new(arena);
    if (execution->applied_at != NULL)
        str_addf(&when, " at %s", execution->applied_at);
    if (execution->applied_by != NULL)
        str_addf(&when, " by %s", execution->applied_by);
    if (execution->environment != NULL)
        str_addf(&when, " (%s)", execution->environment);
    finding_add(arena, findings, SEVERITY_ERROR, "edited-after-applied", ERR_DRIFT,
                (struct place){.file = row->migration->up.path}, service->name,
                "take the edit back, and write a new migration for what is to change",
                "%s was applied%s, and was edited since: %s", migration_label(arena, row->migration),
                when.length == 0 ? "" : when.at, what);
    findings->at[findings->count - 1].why = "this database has what the file said then and never runs it again; another "
                                            "one that runs it now will differ from it";
}

static int add_edited(struct arena *arena, const struct service *service, const struct service_state *state,
                      struct findings *findings, struct err *err)
{
    struct status status;
    bool checksums = config_number(&service->config, SETTING_CHECKSUM_VALIDATION) != 0;
    if (status_make(arena, service, state, checksums, &status, err) != 0)
        return -1;
    vec_each(row, &status.rows)
        if (row->standing == STANDING_CHANGED)
            say_edited(arena, service, row, findings);
    return 0;
}

static int look(struct arena *arena, const struct catalog *catalog, struct targets *targets, struct table_sizes *sizes,
                struct findings *findings, struct err *err)
{
    struct service_states states = {0};
    if (targets_read(arena, targets, &states, err) != 0)
        return -1;
    vec_each(target, &targets->list)
        if (add_sizes(arena, catalog, target, sizes, err) != 0)
            return -1;
    for (size_t i = 0; i < catalog->services.count; i++)
        if (add_edited(arena, catalog->services.at[i], states.at[i], findings, err) != 0)
            return -1;
    return 0;
}

int connected_look(struct arena *arena, const struct catalog *catalog, const struct events *events,
                   struct table_sizes *sizes, struct findings *findings, struct err *err)
{
    struct targets targets;
    vec_each(service, &catalog->services)
        if (require_database(arena, &(*service)->config, err) != 0)
            return -1;
    if (targets_find(arena, catalog, events, &targets, err) != 0)
        return -1;
    int result = look(arena, catalog, &targets, sizes, findings, err);
    targets_close(&targets);
    return result;
}
