#include "flow/target.h"

#include "base/str.h"
#include "pg/server.h"

#include <stdlib.h>
#include <string.h>

static int start_private(struct arena *arena, const struct config *config, const struct events *events,
                         const char **url, struct err *err)
{
    struct server server;
    if (server_start(arena, config->root, &server, err) != 0)
        return err_context(err, "starting the private server");
    if (server.started_now) {
        struct event event = {.kind = EVENT_SERVER_STARTED,
                              .text = arena_printf(arena, "started the private PostgreSQL in %s (stop it with `skein dev stop`)",
                                                   server.data_directory)};
        events_tell(events, &event);
    }
    *url = server.url;
    return 0;
}

static int no_database(const struct config *config, struct err *err)
{
    err_set(err, ERR_USAGE, "no database is configured for the environment %s", config_text(config, SETTING_ENVIRONMENT));
    return err_hint(err, "set DATABASE_URL, give --database, or write `database: {url: …}` into skein.yaml; "
                         "only development has a private server");
}

/* libpq's keyword for each setting that may stand alone. */
static const struct {
    enum setting setting;
    const char *keyword;
} parts[] = {
    {SETTING_DATABASE_HOST, "host"},         {SETTING_DATABASE_PORT, "port"}, {SETTING_DATABASE_NAME, "dbname"},
    {SETTING_DATABASE_USER, "user"},         {SETTING_DATABASE_PASSWORD, "password"},
    {SETTING_DATABASE_SSLMODE, "sslmode"},
};

/* host='…' port='…' with quotes and backslashes escaped, as libpq wants them. */
static const char *join_parts(struct arena *arena, const struct config *config)
{
    struct str text = str_new(arena);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        const char *value = config_text(config, parts[i].setting);
        if (value == NULL || *value == '\0')
            continue;
        str_addf(&text, "%s%s='", text.length == 0 ? "" : " ", parts[i].keyword);
        for (; *value != '\0'; value++) {
            if (*value == '\'' || *value == '\\')
                str_add_char(&text, '\\');
            str_add_char(&text, *value);
        }
        str_add_char(&text, '\'');
    }
    return text.at;
}

/* User and password may stand apart from a URL that has none. */
static struct dsn complete(struct arena *arena, const struct config *config, const struct dsn *dsn)
{
    struct dsn whole = *dsn;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        bool may = parts[i].setting == SETTING_DATABASE_USER || parts[i].setting == SETTING_DATABASE_PASSWORD;
        const char *value = config_text(config, parts[i].setting);
        if (may && value != NULL && *value != '\0')
            whole = dsn_complete(arena, &whole, parts[i].keyword, value);
    }
    return whole;
}

static const char *address_of(struct arena *arena, const struct config *config)
{
    const char *direct = config_text(config, SETTING_DIRECT_URL), *url = config_text(config, SETTING_DATABASE_URL);
    if (direct != NULL && *direct != '\0')
        return direct;
    return url != NULL && *url != '\0' ? url : join_parts(arena, config);
}

static int find_dsn(struct arena *arena, const struct config *config, const struct events *events, struct dsn *dsn,
                    bool *is_private, struct err *err)
{
    const char *url = NULL;
    *is_private = !config_has_database(config);
    if (*is_private && !config_is_development(config))
        return no_database(config, err);
    if (*is_private)
        return start_private(arena, config, events, &url, err) != 0 ? -1 : dsn_read(arena, url, dsn, err);
    if (dsn_read(arena, address_of(arena, config), dsn, err) != 0)
        return -1;
    *dsn = complete(arena, config, dsn);
    return 0;
}

int target_of_config(struct arena *arena, const struct config *config, const struct events *events,
                     struct target *target, struct err *err)
{
    *target = (struct target){0};
    return find_dsn(arena, config, events, &target->dsn, &target->is_private, err);
}

static bool same_dsn(const struct dsn *a, const struct dsn *b)
{
    if (a->keywords.count != b->keywords.count || !str_same(a->version_table, b->version_table))
        return false;
    for (size_t i = 0; i + 1 < a->keywords.count; i++)
        if (strcmp(a->keywords.at[i], b->keywords.at[i]) != 0 || strcmp(a->values.at[i], b->values.at[i]) != 0)
            return false;
    return true;
}

static size_t target_for(struct arena *arena, struct targets *targets, const struct dsn *dsn, bool is_private)
{
    for (size_t i = 0; i < targets->list.count; i++)
        if (same_dsn(&targets->list.at[i].dsn, dsn))
            return i;
    *vec_add(arena, &targets->list) = (struct target){.dsn = *dsn, .is_private = is_private};
    return targets->list.count - 1;
}

int targets_find(struct arena *arena, const struct catalog *catalog, const struct events *events,
                 struct targets *targets, struct err *err)
{
    *targets = (struct targets){.catalog = catalog};
    targets->of_service = arena_alloc(arena, (catalog->services.count + 1) * sizeof(size_t));
    for (size_t i = 0; i < catalog->services.count; i++) {
        struct service *one = catalog->services.at[i];
        struct dsn dsn;
        bool is_private;
        if (find_dsn(arena, &one->config, events, &dsn, &is_private, err) != 0)
            return catalog->plain ? -1 : err_context(err, "%s", one->name);
        size_t index = target_for(arena, targets, &dsn, is_private);
        targets->of_service[i] = index;
        *vec_add(arena, &targets->list.at[index].services) = one;
    }
    return 0;
}

int target_read(struct arena *arena, struct target *target, bool plain, struct err *err)
{
    target->records = arena_alloc(arena, (target->services.count + 1) * sizeof(*target->records));
    if (conn_is_broken(&target->work) && conn_open(arena, &target->dsn, &target->work, err) != 0)
        return -1;
    return state_read(&target->work, arena, &target->services, plain, target->records, &target->facts, err);
}

static size_t index_of(const struct targets *targets, const struct service *service)
{
    size_t i = 0;
    while (targets->catalog->services.at[i] != service)
        i++;
    return i;
}

struct target *targets_target(const struct targets *targets, const struct service *service)
{
    return &targets->list.at[targets->of_service[index_of(targets, service)]];
}

struct service_record *targets_record(const struct targets *targets, const struct service *service)
{
    struct target *target = targets_target(targets, service);
    size_t i = 0;
    while (target->services.at[i] != service)
        i++;
    return &target->records[i];
}

void targets_states(struct arena *arena, const struct targets *targets, struct service_states *states)
{
    states->count = targets->catalog->services.count;
    states->at = arena_alloc(arena, (states->count + 1) * sizeof(*states->at));
    for (size_t i = 0; i < states->count; i++) {
        states->at[i] = targets_record(targets, targets->catalog->services.at[i])->state;
        state_reconcile(arena, states->at[i]);
    }
}

int targets_read(struct arena *arena, struct targets *targets, struct service_states *states, struct err *err)
{
    vec_each(target, &targets->list)
        if (target_read(arena, target, targets->catalog->plain, err) != 0)
            return -1;
    targets_states(arena, targets, states);
    return 0;
}

const char *targets_identity(struct arena *arena, const struct targets *targets)
{
    struct str text = str_new(arena);
    str_add(&text, "");
    vec_each(target, &targets->list)
        if (target->facts.identity != NULL)
            str_addf(&text, "%s\n", target->facts.identity);
    return text.at;
}

void targets_close(struct targets *targets)
{
    vec_each(target, &targets->list) {
        lock_release(&target->lock);
        conn_close(&target->work);
    }
}
