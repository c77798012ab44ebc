#include "model/load.h"

#include "model/dependency.h"
#include "model/environment.h"
#include "model/merge.h"
#include "model/service.h"

#include <string.h>

enum { SCHEMA_NAME_SIZE = 63 };

static const char *default_schema(struct arena *arena, const char *name)
{
    char *schema = arena_strdup(arena, name);
    for (char *at = schema; *at != '\0'; at++)
        if (*at == '-')
            *at = '_';
    return schema;
}

static void read_config(const struct loading *loading, const struct report *report, struct service *service,
                        const char *path)
{
    struct err err = {.arena = loading->arena};
    if (config_read_service(loading->arena, loading->options, loading->catalog->config, path, &service->config,
                            loading->findings, &err) == 0)
        return;
    report_err(report, "configuration", &err);
    service->config = *loading->catalog->config;
}

/*
 * current_environment counts where nobody named an environment.  The defaults of its strategy come with it, so
 * the configuration is read again as if it had been named; what that warns of was said the first time.
 */
static void take_current_environment(const struct loading *loading, struct service *service,
                                     const char *path, const struct environment_file *file)
{
    struct value *value = &service->config.values[SETTING_ENVIRONMENT];
    if (file->current == NULL || value->origin > ORIGIN_DEFAULT)
        return;
    struct config_options options = *loading->options;
    options.text[SETTING_ENVIRONMENT] = file->current;
    struct findings said = {0};
    struct err err = {.arena = loading->arena};
    struct config config;
    if (config_read_service(loading->arena, &options, loading->catalog->config, path, &config, &said, &err) != 0)
        return;
    service->config = config;
    value->origin = ORIGIN_SERVICE;
    value->source = arena_printf(loading->arena, "%s:%d:%d", file->path, file->current_place.line,
                                 file->current_place.column);
    value->place = file->current_place;
}

static void take_lock_timeout(struct arena *arena, struct service *service, const struct environment_file *file)
{
    struct value *value = &service->config.values[SETTING_WAIT];
    if (file->lock_timeout < 0 || file->lock_timeout > INT32_MAX || value->origin > ORIGIN_STRATEGY)
        return;
    value->text = arena_printf(arena, "%lds", file->lock_timeout);
    value->number = file->lock_timeout * 1000LL;
    value->origin = ORIGIN_SERVICE;
    value->source = arena_printf(arena, "%s:%d:%d", file->path, file->lock_place.line, file->lock_place.column);
    value->place = file->lock_place;
}

static void set_schema(struct arena *arena, const struct report *report, struct service *service)
{
    const struct value *value = &service->config.values[SETTING_SCHEMA];
    bool named = value->text != NULL && value->text[0] != '\0';
    service->schema = named ? value->text : default_schema(arena, service->name);
    if (strlen(service->schema) > SCHEMA_NAME_SIZE)
        report_error(report, "schema-name", named ? value->place : report_file(service->directory),
                     "name a shorter one in the service's config.yaml",
                     "the schema name \"%s\" is longer than PostgreSQL's %d bytes", service->schema,
                     SCHEMA_NAME_SIZE);
}

void load_service(const struct loading *loading, struct service *service)
{
    struct arena scratch = {0};
    struct report report = {loading->arena, loading->findings, service->name};
    const char *path = service_config_path(loading->arena, service->directory);
    read_config(loading, &report, service, path);
    struct source source = {.arena = loading->arena, .scratch = &scratch, .report = &report};
    source.limit = config_number(&service->config, SETTING_MAX_FILE_SIZE);
    struct environment_file file;
    environment_open(&source, service->migrations_directory, &file);
    take_current_environment(loading, service, path, &file);
    take_lock_timeout(loading->arena, service, &file);
    set_schema(loading->arena, &report, service);
    environment_read(&source, service->migrations_directory, &file,
                     config_text(&service->config, SETTING_ENVIRONMENT), &service->environment);
    merge_parts(&source, service);
    arena_release(&scratch);
    dependency_read(&report, service, loading->references);
}

void load_plain(const struct loading *loading, struct service *service)
{
    struct arena scratch = {0};
    struct report report = {loading->arena, loading->findings, service->name};
    struct source source = {.arena = loading->arena, .scratch = &scratch, .report = &report, .plain = true};
    source.limit = config_number(&service->config, SETTING_MAX_FILE_SIZE);
    environment_init(&service->environment, config_text(&service->config, SETTING_ENVIRONMENT));
    source_add_directory(&source, service->migrations_directory, NULL);
    merge_parts(&source, service);
    arena_release(&scratch);
    dependency_imply(service, loading->references);
}

