#include "base/batch.h"
#include "base/file.h"
#include "base/flock.h"
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/generate_ask.h"
#include "cli/generate_seed.h"
#include "cli/generate_view.h"
#include "cli/new_migration.h"
#include "cli/run.h"
#include "write/generate_order.h"
#include "model/relative.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(OPTION_DESCRIPTION - OPTION_TABLE + 1 == PARAMETERS, "each parameter has its option");

/* A run of generate, under the lock on the directory. */
struct generating_run {
    struct run *run;
    const char *directory;         /* of migrations */
    const char *files;             /* where the halves go: the same, or that of --for */
    const char *pages;             /* where `skein docs` has the pages of those */
    const char *environment;       /* --for; NULL: all of them */
    bool listed;                   /* its files are listed in environments.json */
    bool single;
    struct template_set templates;
    struct generate_request request;
    struct generation generation;
    struct batch batch;
    struct strings paths;
};

static int read_request(struct run *run, struct generate_request *request, struct err *err)
{
    const char *name = argument_text(run, OPTION_NAME);
    request->type = run->options.text[OPTION_TYPE];
    if (name == NULL || request->type == NULL) {
        err_set(err, ERR_USAGE, "generate needs %s", name == NULL ? "a name" : "a type");
        return err_hint(err, "skein generate add_user_profiles --type table; `skein templates types` lists the types");
    }
    for (size_t i = 0; i < PARAMETERS; i++)
        request->parameters[i] = run->options.text[OPTION_TABLE + i];
    return new_migration_name(run->arena, name, &request->name, err);
}

/* Somebody else may have added a migration while the lock was waited for. */
static int read_catalog(struct generating_run *generating, struct err *err)
{
    struct run *run = generating->run;
    struct findings findings = {0};
    const char *wanted = path_absolute(run->arena, generating->directory);
    if (catalog_read(run->arena, &run->settings, &run->config, &run->catalog, &findings, err) != 0)
        return -1;
    generating->request.catalog = &run->catalog;
    vec_each(service, &run->catalog.services)
        if (strcmp(path_absolute(run->arena, (*service)->migrations_directory), wanted) == 0)
            generating->request.service = *service;
    if (generating->request.service != NULL)
        return 0;
    err_set(err, ERR_USAGE, "%s is no directory of migrations that skein reads here", generating->directory);
    return err_hint(err, "with --migrations %s it is", generating->directory);
}

/* The text of a file that may not be there. */
static int read_old(struct run *run, const char *path, const char **old, struct err *err)
{
    char *text;
    size_t length;
    *old = NULL;
    if (file_kind(path) == FILE_NONE)
        return 0;
    if (file_read(run->arena, path, (size_t)config_number(&run->config, SETTING_MAX_FILE_SIZE), &text, &length, err) != 0)
        return -1;
    *old = text;
    return 0;
}

/* environments.json says where the files of an environment are. */
static int find_environment(struct generating_run *generating, struct err *err)
{
    struct run *run = generating->run;
    const char *path = relative_path(run->arena, path_absolute(run->arena, path_join(run->arena, generating->directory, "environments.json")));
    const char *text, *directory;
    generating->files = generating->directory;
    generating->pages = path_join(run->arena, generating->directory, "docs");
    generating->environment = run->options.text[OPTION_FOR];
    if (generating->environment == NULL)
        return 0;
    if (read_old(run, path, &text, err) != 0)
        return -1;
    if (text == NULL) {
        err_set(err, ERR_USAGE, "--for: there is no %s", path);
        return err_hint(err, "it says which environments there are, and which files each of them has");
    }
    if (declare_directory(run->arena, path, text, generating->environment, &directory, &generating->listed, err) != 0)
        return -1;
    generating->files = path_join(run->arena, generating->directory, directory);
    generating->pages = path_join(run->arena, generating->pages, directory);
    return 0;
}

static const char *add_file(struct generating_run *generating, const char *directory, const char *name, const char *text)
{
    struct arena *arena = generating->run->arena;
    const char *path = path_absolute(arena, path_join(arena, directory, name));
    batch_create(&generating->batch, path, text);
    *vec_add(arena, &generating->paths) = path;
    return path;
}

static void add_halves(struct generating_run *generating, const struct generate_migration *migration)
{
    struct arena *arena = generating->run->arena;
    const char *stem = arena_printf(arena, "%s_%s", migration->version, migration->name);
    if (generating->single) {
        add_file(generating, generating->files, arena_printf(arena, "%s.sql", stem),
                 new_migration_single(arena, migration->name, generating->generation.parameters[PARAMETER_DESCRIPTION],
                                      migration->up, migration->down));
        return;
    }
    add_file(generating, generating->files, arena_printf(arena, "%s.up.sql", stem), migration->up);
    add_file(generating, generating->files, arena_printf(arena, "%s.down.sql", stem), migration->down);
}

static int add_page(struct generating_run *generating, const struct generate_migration *migration, struct err *err)
{
    struct arena *arena = generating->run->arena;
    const char *text;
    if (generate_page(&generating->generation, migration, &text, err) != 0)
        return -1;
    add_file(generating, generating->pages, arena_printf(arena, "migration_%s.md", migration->version), text);
    return 0;
}

/* One file may be edited several times on the way: by each of the migrations. */
static int edit(struct generating_run *generating, const char *base,
                int (*change)(struct generating_run *generating, const char *path, const char *old, const char **text,
                              struct err *err), struct err *err)
{
    struct run *run = generating->run;
    const char *path = path_absolute(run->arena, path_join(run->arena, generating->directory, base));
    const char *shown = relative_path(run->arena, path), *old, *text;
    if (read_old(run, path, &old, err) != 0 || change(generating, shown, old, &text, err) != 0)
        return -1;
    if (old == NULL)
        batch_create(&generating->batch, path, text);
    else
        batch_replace(&generating->batch, path, old, text);
    *vec_add(run->arena, &generating->paths) = path;
    return 0;
}

static int change_dependencies(struct generating_run *generating, const char *path, const char *old, const char **text,
                               struct err *err)
{
    struct generation *generation = &generating->generation;
    const struct generate_migration *before = NULL;
    *text = old;
    vec_each(migration, &generation->migrations) {
        struct declare_entry entry;
        char *next;
        generate_entry(generation, migration, before, generating->environment, &entry);
        if (declare_dependency(generation->arena, path, *text, &entry, &next, err) != 0)
            return -1;
        *text = next;
        before = migration;
    }
    return 0;
}

static int change_environments(struct generating_run *generating, const char *path, const char *old, const char **text,
                               struct err *err)
{
    struct arena *arena = generating->run->arena;
    *text = old;
    vec_each(migration, &generating->generation.migrations) {
        const char *file = arena_printf(arena, "%s/%s_%s%s.sql", generating->environment, migration->version,
                                        migration->name, generating->single ? "" : ".up");
        char *next;
        if (declare_environment(arena, path, *text, generating->environment, file, &next, err) != 0)
            return -1;
        *text = next;
    }
    return 0;
}

/* It may stand on all that is there. */
static int check_behind(const char *version, uint64_t newest, struct err *err)
{
    if (strtoull(version, NULL, 10) > newest)
        return 0;
    err_set(err, ERR_USAGE, "the number %s would put it before %llu, which is there", version, (unsigned long long)newest);
    return err_hint(err, "leave --format and --seq out: then it is numbered as the others are");
}

static int number(struct generating_run *generating, struct err *err)
{
    struct numbering numbering = {0};
    if (new_migration_look(generating->run, generating->directory, &numbering, err) != 0)
        return -1;
    generating->single = new_migration_is_single(generating->run, &numbering);
    uint64_t newest = numbering.any ? numbering.last : 0;
    /* Only the first one may be a time: the others follow it at once. */
    vec_each(migration, &generating->generation.migrations) {
        bool first = migration == generating->generation.migrations.at;
        if (first && new_migration_version(generating->run, &numbering, &migration->version, err) != 0)
            return -1;
        if (first && check_behind(migration->version, newest, err) != 0)
            return -1;
        if (!first && (migration->version = numbering_next(generating->run->arena, &numbering, 0, err)) == NULL)
            return -1;
        numbering_note(generating->run->arena, &numbering,
                       arena_printf(generating->run->arena, "%s_.up.sql", migration->version));
    }
    return 0;
}

static int collect(struct generating_run *generating, struct err *err)
{
    bool plain = generating->request.service->schema == NULL;
    vec_each(migration, &generating->generation.migrations) {
        add_halves(generating, migration);
        if (!plain && add_page(generating, migration, err) != 0)
            return -1;
    }
    if (!plain && edit(generating, "dependencies.json", change_dependencies, err) != 0)
        return -1;
    return !generating->listed ? 0 : edit(generating, "environments.json", change_environments, err);
}

static int generate(struct generating_run *generating, struct err *err)
{
    struct run *run = generating->run;
    struct generate_request *request = &generating->request;
    struct migration_type type;
    if (read_catalog(generating, err) != 0 ||
        template_set_open(run->arena, &run->config, request->service, &generating->templates, err) != 0 ||
        migration_type_read(&generating->templates, request->type, &type, err) != 0)
        return -1;
    request->templates = &generating->templates;
    if (type.makes_seeds)
        return generate_seed(run, request, err);
    if (find_environment(generating, err) != 0)
        return -1;
    request->environment = generating->environment;
    if (generate_open(run->arena, request, &generating->generation, err) != 0 || number(generating, err) != 0 ||
        generate_render(&generating->generation, err) != 0 || generate_prove(&generating->generation, err) != 0 ||
        collect(generating, err) != 0 ||
        new_migration_write(run, &generating->batch, err) != 0)
        return -1;
    generate_print(run, &generating->generation, &generating->paths);
    return 0;
}

/* From the look at the directory until the files are there, nobody else may take the number. */
int cmd_generate(struct run *run, struct err *err)
{
    struct generating_run generating = {.run = run, .batch = new_migration_batch(run, NULL)};
    int lock;
    if (generate_ask(run, err) != 0 || read_request(run, &generating.request, err) != 0 ||
        new_migration_directory(run, &generating.directory, err) != 0 ||
        new_migration_lock(run, generating.directory, &lock, NULL, err) != 0)
        return -1;
    generating.batch.directory = generating.directory;
    int status = generate(&generating, err);
    flock_release(lock);
    return status;
}
