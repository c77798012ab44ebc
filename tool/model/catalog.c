#include "model/catalog.h"

#include "base/file.h"
#include "model/dependency.h"
#include "model/discovery.h"
#include "model/graph.h"
#include "model/load.h"
#include "model/relative.h"
#include "model/release_check.h"
#include "text/nearest.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

/*
 * A path of the configuration, from the working directory: what is written in a file starts at the repository's
 * root, what is typed where it is typed.
 */
static const char *setting_path(struct arena *arena, const struct config_options *options,
                                const struct config *config, enum setting setting)
{
    const char *text = config_text(config, setting);
    const char *start = config->values[setting].origin == ORIGIN_OPTION ? options->directory : config->root;
    if (start != NULL)
        text = path_join(arena, start, text);
    return relative_path(arena, path_absolute(arena, text));
}

static int read_plain(const struct loading *loading, const char *directory, struct err *err)
{
    struct service *service = arena_new(loading->arena, struct service);
    struct file_entries entries = {0};
    struct arena scratch = {0};
    service->name = "default";
    service->migrations_directory = directory;
    service->config = *loading->catalog->config;
    *vec_add(loading->arena, &loading->catalog->services) = service;
    int result = file_list(&scratch, directory, &entries, err);
    arena_release(&scratch);
    if (result == 0)
        load_plain(loading, service);
    return result;
}

/*
 * One directory of migrations is meant: by --migrations always; by a file or a variable where there are no services,
 * as in a project that had one directory and its configuration before.
 */
static bool is_plain(struct arena *arena, const struct config_options *options, const struct config *config)
{
    enum origin origin = config->values[SETTING_MIGRATIONS_PATH].origin;
    if (origin == ORIGIN_OPTION || origin <= ORIGIN_DEFAULT)
        return origin == ORIGIN_OPTION;
    return file_kind(setting_path(arena, options, config, SETTING_SERVICES_PATH)) == FILE_NONE &&
           file_kind(setting_path(arena, options, config, SETTING_MIGRATIONS_PATH)) == FILE_DIRECTORY;
}

static int read_services(const struct loading *loading, const char *directory, struct err *err)
{
    if (discovery_run(loading, directory, err) != 0)
        return -1;
    vec_each(service, &loading->catalog->services)
        load_service(loading, *service);
    discovery_check_schemas(loading);
    return 0;
}

const char *catalog_directory(struct arena *arena, const struct config_options *options, const struct config *config,
                              bool *plain)
{
    *plain = is_plain(arena, options, config);
    return setting_path(arena, options, config, *plain ? SETTING_MIGRATIONS_PATH : SETTING_SERVICES_PATH);
}

int catalog_read(struct arena *arena, const struct config_options *options, const struct config *config,
                 struct catalog *catalog, struct findings *findings, struct err *err)
{
    struct arena scratch = {0};
    struct references references = {.scratch = &scratch};
    struct loading loading = {arena, options, catalog, findings, &references};
    *catalog = (struct catalog){.config = config};
    const char *directory = catalog->directory = catalog_directory(arena, options, config, &catalog->plain);
    int result = catalog->plain ? read_plain(&loading, directory, err) : read_services(&loading, directory, err);
    if (result == 0) {
        reference_link(arena, catalog, &references, findings);
        graph_order(arena, catalog, findings);
        release_check(arena, catalog, findings);
    }
    arena_release(&scratch);
    return result;
}

struct service *catalog_service(const struct catalog *catalog, const char *name, struct err *err)
{
    struct strings known = {0};
    vec_each(service, &catalog->services) {
        if (strcmp((*service)->name, name) == 0)
            return *service;
        *vec_add(err->arena, &known) = (*service)->name;
    }
    const char *near = nearest_find(name, &known), *all = words_join(err->arena, &known);
    err_set(err, ERR_USAGE, "there is no service \"%s\"", name);
    if (near == NULL)
        err_hint(err, "known services: %s", all);
    else
        err_hint(err, "did you mean %s?  Known services: %s", near, all);
    return NULL;
}
