#include "cli/generate_seed.h"

#include "base/batch.h"
#include "base/file.h"
#include "base/path.h"
#include "cli/generate_view.h"
#include "cli/new_migration.h"
#include "flow/seed.h"
#include "model/catalog.h"
#include "model/relative.h"
#include "text/nearest.h"
#include "text/screen.h"
#include "write/declare.h"
#include "write/seed_order.h"
#include "write/seed_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 10, LAST = 999 };

/* Where the files go, and what stands there. */
struct seeding {
    struct run *run;
    struct generate_request *request;
    struct generation generation;
    const char *environment, *directory;  /* seeds/ENVIRONMENT of the service, absolute */
    struct file_entries entries;          /* of the directory */
    struct seeds seeds;                   /* that the environment has, in the order in which they run */
    size_t before;                        /* the first of them that has to run after the new one; their count: none */
    struct batch batch;
    struct strings paths;
};

static bool is_known(const struct strings *names, const char *name)
{
    vec_each(each, names)
        if (strcmp(*each, name) == 0)
            return true;
    return names->count == 0;
}

static int check_environment(const struct run *run, const struct service *service, struct err *err)
{
    const char *name = service->environment.name, *nearest;
    if (is_known(&service->environment.known, name) && strchr(name, '/') == NULL && *name != '.')
        return 0;
    err_set(err, ERR_USAGE, "%s has no environment \"%s\"", service->name, name);
    nearest = nearest_find(name, &service->environment.known);
    if (nearest != NULL)
        return err_hint(err, "did you mean %s?", nearest);
    return err_hint(err, "it has %s", words_join(run->arena, &service->environment.known));
}

/* Rows that are made up have no business where the data is real, unless somebody says so. */
static int check_allowed(const struct run *run, const struct service *service, struct err *err)
{
    const char *name = service->environment.name, *approach = config_text(&service->config, SETTING_APPROACH);
    if (run->options.text[OPTION_FOR] != NULL || approach == NULL || strcmp(approach, "conservative") != 0)
        return 0;
    err_set(err, ERR_POLICY, "the environment is %s, and nobody asked for a seed of it", name);
    return err_hint(err, "--for %s (with make: FOR=%s) does; --for development is for developers", name, name);
}

int generate_seed_enter(struct run *run, struct generate_request *request, struct err *err)
{
    const char *wanted = run->options.text[OPTION_FOR];
    if (request->service->schema == NULL) {
        err_set(err, ERR_USAGE, "seed files belong to services, and this is a single directory of migrations");
        return err_hint(err, "leave --migrations out where there is a services directory");
    }
    if (wanted != NULL && strcmp(wanted, request->service->environment.name) != 0) {
        struct findings findings = {0};
        run->settings.text[SETTING_ENVIRONMENT] = wanted;
        if (config_read(run->arena, &run->settings, &run->config, &findings, err) != 0 ||
            catalog_read(run->arena, &run->settings, &run->config, &run->catalog, &findings, err) != 0)
            return -1;
        request->catalog = &run->catalog;
        request->service = catalog_service(&run->catalog, request->service->name, err);
        if (request->service == NULL)
            return -1;
    }
    return check_environment(run, request->service, err) != 0 ? -1 : check_allowed(run, request->service, err);
}

static int find_files(struct seeding *seeding, struct err *err)
{
    struct run *run = seeding->run;
    const struct service *service = seeding->request->service;
    size_t limit = (size_t)config_number(&service->config, SETTING_MAX_FILE_SIZE), length;
    const char *below = path_join(run->arena, path_join(run->arena, service->directory, "seeds"), seeding->environment);
    char *text;
    seeding->directory = path_absolute(run->arena, below);
    if (file_kind(seeding->directory) == FILE_DIRECTORY &&
        file_list(run->arena, seeding->directory, &seeding->entries, err) != 0)
        return -1;
    if (seed_find(run->arena, &run->catalog, service, &seeding->seeds, err) != 0)
        return -1;
    seeding->before = seeding->seeds.count;
    for (size_t i = 0; i < seeding->seeds.count && seeding->before == seeding->seeds.count; i++) {
        const char *path = seeding->seeds.at[i].path;
        if (seeding->generation.existing == NULL || file_kind(path) != FILE_REGULAR)
            continue;
        if (file_read(run->arena, path, limit, &text, &length, err) != 0)
            return -1;
        if (seed_order_needs(&seeding->generation, text, length))
            seeding->before = i;
    }
    return 0;
}

static long number_of(const char *name)
{
    return strspn(name, "0123456789") == 0 ? -1 : strtol(name, NULL, 10);
}

/* The number before which the new one has to be; behind all others there is always room for one. */
static long upper_end(const struct seeding *seeding)
{
    if (seeding->before == seeding->seeds.count)
        return -1;
    const char *path = path_absolute(seeding->run->arena, seeding->seeds.at[seeding->before].path);
    return strcmp(path_directory(seeding->run->arena, path), seeding->directory) == 0 ? number_of(path_base(path)) : -1;
}

/* Tens, so that others fit between; before one that has to run later, in the middle of what is free. */
static int choose_number(const struct seeding *seeding, long *number, struct err *err)
{
    long end = upper_end(seeding), last = 0;
    vec_each(entry, &seeding->entries) {
        long taken = number_of(entry->name);
        if (taken > last && (end < 0 || taken < end))
            last = taken;
    }
    *number = end >= 0 ? (last + end) / 2 : (last / STEP + 1) * STEP <= LAST ? (last / STEP + 1) * STEP : last + 1;
    if (*number > last && *number <= LAST)
        return 0;
    err_set(err, ERR_USAGE, "no number is free %s %s", end >= 0 ? "before" : "in",
            end >= 0 ? seeding->seeds.at[seeding->before].file : relative_path(seeding->run->arena, seeding->directory));
    return err_hint(err, "its rows refer to those of the new seed, and so it has to run later: rename it");
}

static int check_name(const struct seeding *seeding, const char *name, struct err *err)
{
    vec_each(entry, &seeding->entries) {
        const char *rest = entry->name + strspn(entry->name, "0123456789");
        if (*rest != '_' || strcmp(rest + 1, arena_printf(seeding->run->arena, "%s.sql", name)) != 0)
            continue;
        err_set(err, ERR_USAGE, "there is a seed \"%s\" already: %s", name,
                relative_path(seeding->run->arena, path_join(seeding->run->arena, seeding->directory, entry->name)));
        return err_hint(err, "edit that one, or take another name");
    }
    return 0;
}

static int number_all(struct seeding *seeding, struct err *err)
{
    vec_each(migration, &seeding->generation.migrations) {
        long number;
        if (check_name(seeding, migration->name, err) != 0 || choose_number(seeding, &number, err) != 0)
            return -1;
        migration->version = arena_printf(seeding->run->arena, "%03ld", number);
        struct file_entry *taken = vec_add(seeding->run->arena, &seeding->entries);
        taken->name = arena_printf(seeding->run->arena, "%s_%s.sql", migration->version, migration->name);
    }
    return 0;
}

/* Where the environment lists its seed files, only those are loaded. */
static int list_files(struct seeding *seeding, struct err *err)
{
    struct arena *arena = seeding->run->arena;
    const struct service *service = seeding->request->service;
    const char *path = path_absolute(arena, path_join(arena, service->migrations_directory, "environments.json"));
    const char *root = arena_printf(arena, "%s/", path_absolute(arena, seeding->run->config.root));
    char *old, *text;
    size_t length, place = seeding->before;
    if (service->environment.seed_files.count == 0)
        return 0;
    if (file_read(arena, path, (size_t)config_number(&service->config, SETTING_MAX_FILE_SIZE), &old, &length, err) != 0)
        return -1;
    text = old;
    vec_each(file, &seeding->paths)
        if (declare_seed(arena, relative_path(arena, path), text, seeding->environment, *file + strlen(root), place++,
                         &text, err) != 0)
            return -1;
    batch_replace(&seeding->batch, path, old, text);
    *vec_add(arena, &seeding->paths) = path;
    return 0;
}

static int write_all(struct seeding *seeding, struct err *err)
{
    struct arena *arena = seeding->run->arena;
    vec_each(migration, &seeding->generation.migrations) {
        const char *name = arena_printf(arena, "%s_%s.sql", migration->version, migration->name);
        const char *path = path_join(arena, seeding->directory, name);
        batch_create(&seeding->batch, path, migration->up);
        *vec_add(arena, &seeding->paths) = path;
    }
    return list_files(seeding, err) != 0 ? -1 : new_migration_write(seeding->run, &seeding->batch, err);
}

/* What the values might break is for a person to look at before somebody loads them. */
static void warn_of_doubts(const struct seeding *seeding)
{
    const struct seed_rows *rows = seeding->generation.seed;
    if (rows == NULL || rows->doubts.count == 0)
        return;
    vec_each(doubt, &rows->doubts)
        fprintf(stderr, "warning: the values may break this: %s\n", screen_safe(seeding->run->arena, *doubt, true));
    fprintf(stderr, "hint: look at them before they are loaded; COLUMNS=\"name:default=…\" gives every row a value\n");
}

int generate_seed(struct run *run, struct generate_request *request, struct err *err)
{
    struct seeding seeding = {.run = run, .request = request, .batch = new_migration_batch(run, NULL)};
    if (generate_seed_enter(run, request, err) != 0)
        return -1;
    seeding.environment = request->service->environment.name;
    if (generate_open(run->arena, request, &seeding.generation, err) != 0 ||
        find_files(&seeding, err) != 0 || number_all(&seeding, err) != 0 ||
        generate_render(&seeding.generation, err) != 0 || write_all(&seeding, err) != 0)
        return -1;
    generate_print(run, &seeding.generation, &seeding.paths);
    warn_of_doubts(&seeding);
    return 0;
}
