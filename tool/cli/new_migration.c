#include "cli/new_migration.h"

#include "base/file.h"
#include "base/flock.h"
#include "cli/run.h"
#include "model/relative.h"
#include "text/regex.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIRECTORY_MODE = 0777, NAME_LIMIT = 200, DIGITS_LIMIT = 19 };

int new_migration_name(struct arena *arena, const char *text, const char **name, struct err *err)
{
    size_t bad;
    char *copy = arena_strdup(arena, text);
    bool good = *text != '\0' && *text != '.' && *text != '-' && regex_is_utf8(text, strlen(text), &bad) &&
                strstr(text, ".up.") == NULL && strstr(text, ".down.") == NULL && strlen(text) <= NAME_LIMIT;
    for (char *at = copy; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        good = good && (c >= 0x80 || isalnum(c) || strchr("_-. ", c) != NULL);
        if (c == ' ')
            *at = '_';
    }
    *name = copy;
    if (good)
        return 0;
    err_set(err, ERR_USAGE, "'%s' cannot be the name of a migration", text);
    return err_hint(err, "use letters, digits, '_', '-' and '.', not at the beginning; at most %d bytes", NAME_LIMIT);
}

/* A service that has no migrations yet is not in the catalog, but its directory is there. */
static int directory_of_service(struct run *run, const char **directory, struct err *err)
{
    const char *name = run->options.text[OPTION_SERVICE];
    bool tame = name != NULL && strchr(name, '/') == NULL && name[0] != '.';
    int status = run_open(run, NEED_CATALOG | NEED_FINDINGS, err);
    const struct service *service = status == 0 ? run_service(run, err) : NULL;
    if (service != NULL) {
        *directory = service->migrations_directory;
        return 0;
    }
    if (!tame)
        return -1;
    const char *services = path_join(run->arena, run->config.root, config_text(&run->config, SETTING_SERVICES_PATH));
    const char *home = path_join(run->arena, services, name);
    if (file_kind(home) != FILE_DIRECTORY)
        return -1;
    err_clear(err);
    *directory = path_join(run->arena, home, "migrations");
    return 0;
}

int new_migration_directory(struct run *run, const char **directory, struct err *err)
{
    const char *given = run->options.text[OPTION_DIR];
    if (given == NULL)
        given = run->options.text[OPTION_MIGRATIONS];
    if (given == NULL && directory_of_service(run, &given, err) != 0)
        return -1;
    *directory = given;
    return option_on(&run->options, OPTION_DRY_RUN) ? 0 : file_make_directory(run->arena, given, DIRECTORY_MODE, err);
}

int new_migration_lock(struct run *run, const char *directory, int *lock, bool *settled, struct err *err)
{
    size_t count;
    *lock = -1;
    if (settled != NULL)
        *settled = false;
    if (option_on(&run->options, OPTION_DRY_RUN))
        return 0;
    if (flock_take(directory, lock, err) != 0)
        return -1;
    if (batch_settle(run->arena, directory, &count, err) != 0) {
        flock_release(*lock);
        return -1;
    }
    if (settled != NULL)
        *settled = count > 0;
    if (count > 0 && !option_on(&run->options, OPTION_QUIET))
        fprintf(stderr, "took back what an interrupted run had begun to write in %s: %zu file%s\n",
                relative_path(run->arena, path_absolute(run->arena, directory)), count, count == 1 ? "" : "s");
    return 0;
}

int new_migration_lock_all(struct run *run, struct migration_locks *locks, bool *settled, struct err *err)
{
    *settled = false;
    vec_each(service, &run->catalog.services) {
        bool one = false;
        int lock;
        if (run->service != NULL && run->service != *service)
            continue;
        if (new_migration_lock(run, (*service)->migrations_directory, &lock, &one, err) != 0)
            return -1;
        *vec_add(run->arena, locks) = lock;
        *settled = *settled || one;
    }
    return 0;
}

void new_migration_unlock(const struct migration_locks *locks)
{
    vec_each(lock, locks)
        flock_release(*lock);
}

struct batch new_migration_batch(const struct run *run, const char *directory)
{
    return (struct batch){.arena = run->arena, .directory = directory, .dry = option_on(&run->options, OPTION_DRY_RUN)};
}

void new_migration_tell_dry(const struct run *run)
{
    if (option_on(&run->options, OPTION_DRY_RUN) && !option_on(&run->options, OPTION_QUIET))
        fputs("a dry run: nothing was written\n", stderr);
}

int new_migration_write(const struct run *run, struct batch *batch, struct err *err)
{
    if (batch_write(batch, err) != 0)
        return -1;
    new_migration_tell_dry(run);
    return 0;
}

/* Environments keep files of the same sequence in directories below. */
static int note_directory(struct arena *arena, const char *directory, int depth, struct numbering *numbering,
                          struct err *err)
{
    struct file_entries entries = {0};
    if (file_kind(directory) == FILE_NONE)   /* a dry run makes none */
        return 0;
    if (file_list(arena, directory, &entries, err) != 0)
        return -1;
    vec_each(entry, &entries) {
        if (entry->kind == FILE_REGULAR)
            numbering_note(arena, numbering, entry->name);
        else if (entry->kind == FILE_DIRECTORY && depth > 0 &&
                 note_directory(arena, path_join(arena, directory, entry->name), depth - 1, numbering, err) != 0)
            return -1;
    }
    return 0;
}

static bool is_one_directory(const struct run *run)
{
    return run->options.text[OPTION_DIR] != NULL || run->options.text[OPTION_MIGRATIONS] != NULL;
}

int new_migration_look(struct run *run, const char *directory, struct numbering *numbering, struct err *err)
{
    return note_directory(run->arena, directory, is_one_directory(run) ? 0 : 1, numbering, err);
}

static int read_digits(const struct options *options, int *digits, struct err *err)
{
    const char *text = options->text[OPTION_DIGITS];
    *digits = 0;
    if (text == NULL)
        return 0;
    *digits = text[strspn(text, "0123456789")] == '\0' ? (int)strtoul(text, NULL, 10) : 0;
    if (*digits >= 1 && *digits <= DIGITS_LIMIT)
        return 0;
    return err_set(err, ERR_USAGE, "--digits is a number from 1 to %d, not '%s'", DIGITS_LIMIT, text);
}

int new_migration_version(struct run *run, struct numbering *numbering, const char **version, struct err *err)
{
    const struct options *options = &run->options;
    const char *format = options->text[OPTION_FORMAT], *zone = options->text[OPTION_TZ];
    bool in_sequence = option_on(options, OPTION_SEQ) || options->text[OPTION_DIGITS] != NULL;
    struct timespec now;
    int digits;
    if (in_sequence && (format != NULL || zone != NULL)) {
        err_set(err, ERR_USAGE, "a number is in sequence or by time, not both");
        return err_hint(err, "give --seq and --digits, or --format and --tz");
    }
    if (read_digits(options, &digits, err) != 0)
        return -1;
    clock_gettime(CLOCK_REALTIME, &now);
    bool by_time = format != NULL || zone != NULL || (numbering->by_time && !in_sequence);
    *version = by_time ? numbering_by_time(run->arena, numbering, format, zone, now, err)
                       : numbering_next(run->arena, numbering, digits, err);
    if (*version == NULL)
        return -1;
    numbering_note(run->arena, numbering, arena_printf(run->arena, "%s_.up.sql", *version));
    return 0;
}

/* golang-migrate's options ask for golang-migrate's form. */
bool new_migration_is_single(const struct run *run, const struct numbering *numbering)
{
    static const enum option asking[] = {OPTION_SEQ, OPTION_DIGITS, OPTION_FORMAT, OPTION_TZ, OPTION_EXT};
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        if (run->options.text[asking[i]] != NULL)
            return false;
    return numbering->any && !numbering->pairs;
}

char *new_migration_single(struct arena *arena, const char *name, const char *description, const char *up, const char *down)
{
    return arena_printf(arena, "-- Migration: %s\n-- Description:%s%s\n\n-- +++++ UP\n%s\n-- +++++ DOWN\n%s", name,
                        description == NULL ? "" : " ", description == NULL ? "" : description, up, down);
}
