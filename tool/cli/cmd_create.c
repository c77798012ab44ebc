#include "base/file.h"
#include "base/flock.h"
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/run.h"
#include "model/numbering.h"
#include "text/regex.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MODE = 0666, DIRECTORY_MODE = 0777, NAME_LIMIT = 200, DIGITS_LIMIT = 19 };

struct pair {
    const char *directory, *version, *name, *extension;
    bool single; /* one file for both directions, as all others of the directory are */
};

/* A name becomes part of a path, and ".up." in it would be taken for the direction by a reader. */
static int read_name(struct arena *arena, const char *text, const char **name, struct err *err)
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

static int read_extension(struct arena *arena, const char *text, const char **extension, struct err *err)
{
    *extension = text == NULL ? "sql" : arena_strdup(arena, text + (*text == '.'));
    for (const char *at = *extension; *at != '\0'; at++)
        if (!isalnum((unsigned char)*at) && strchr("_-.", *at) == NULL)
            return err_set(err, ERR_USAGE, "'%s' cannot be a file extension", text);
    return **extension == '\0' ? err_set(err, ERR_USAGE, "the file extension is empty") : 0;
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

static int find_directory(struct run *run, const char **directory, struct err *err)
{
    const char *given = run->options.text[OPTION_DIR];
    if (given == NULL)
        given = run->options.text[OPTION_MIGRATIONS];
    if (given == NULL && directory_of_service(run, &given, err) != 0)
        return -1;
    *directory = given;
    return file_make_directory(run->arena, given, DIRECTORY_MODE, err);
}

/* Environments keep files of the same sequence in directories below. */
static int note_directory(struct arena *arena, const char *directory, int depth, struct numbering *numbering,
                          struct err *err)
{
    struct file_entries entries = {0};
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

static int next_version(struct run *run, struct pair *pair, struct err *err)
{
    const struct options *options = &run->options;
    const char *format = options->text[OPTION_FORMAT], *zone = options->text[OPTION_TZ];
    bool in_sequence = option_on(options, OPTION_SEQ) || options->text[OPTION_DIGITS] != NULL;
    bool one_directory = options->text[OPTION_DIR] != NULL || options->text[OPTION_MIGRATIONS] != NULL;
    struct numbering numbering = {0};
    struct timespec now;
    int digits;
    if (in_sequence && (format != NULL || zone != NULL)) {
        err_set(err, ERR_USAGE, "a number is in sequence or by time, not both");
        return err_hint(err, "give --seq and --digits, or --format and --tz");
    }
    if (read_digits(options, &digits, err) != 0 ||
        note_directory(run->arena, pair->directory, one_directory ? 0 : 1, &numbering, err) != 0)
        return -1;
    clock_gettime(CLOCK_REALTIME, &now);
    bool by_time = format != NULL || zone != NULL || (numbering.by_time && !in_sequence);
    pair->single = numbering.any && !numbering.pairs && !in_sequence && format == NULL && zone == NULL &&
                   options->text[OPTION_EXT] == NULL; /* golang-migrate's options ask for golang-migrate's form */
    pair->version = by_time ? numbering_by_time(run->arena, &numbering, format, zone, now, err)
                       : numbering_next(run->arena, &numbering, digits, err);
    return pair->version != NULL ? 0 : -1;
}

static char *path_of(struct arena *arena, const struct pair *pair, const char *direction)
{
    return path_absolute(arena, path_join(arena, pair->directory,
                                          arena_printf(arena, "%s_%s.%s.%s", pair->version, pair->name, direction,
                                                       pair->extension)));
}

static void print(struct run *run, const struct pair *pair, const char *up, const char *down)
{
    if (option_on(&run->options, OPTION_JSON)) {
        struct json *document = json_log_document(run->arena);
        json_set_text(document, "version", pair->version);
        json_set_text(document, "up", up);
        json_set_text(document, "down", down);
        json_log_print(run->arena, document);
    } else {
        printf("%s\n", up);
        if (!pair->single)
            printf("%s\n", down);
    }
}

/* Both or none. */
static int write_pair(struct run *run, const struct pair *pair, struct err *err)
{
    char *up = path_of(run->arena, pair, "up"), *down = path_of(run->arena, pair, "down");
    if (file_create(up, "", 0, FILE_MODE, err) != 0)
        return -1;
    if (file_create(down, "", 0, FILE_MODE, err) != 0) {
        unlink(up);
        return -1;
    }
    print(run, pair, up, down);
    return 0;
}

static int write_single(struct run *run, const struct pair *pair, struct err *err)
{
    struct arena *arena = run->arena;
    char *name = arena_printf(arena, "%s_%s.sql", pair->version, pair->name);
    char *path = path_absolute(arena, path_join(arena, pair->directory, name));
    char *text = arena_printf(arena, "-- Migration: %s\n-- Description:\n\n-- +++++ UP\n\n-- +++++ DOWN\n", pair->name);
    if (file_create(path, text, strlen(text), FILE_MODE, err) != 0)
        return -1;
    print(run, pair, path, path);
    return 0;
}

/* From the look at the directory until the files are there, nobody else may take the number. */
int cmd_create(struct run *run, struct err *err)
{
    const char *text = argument_text(run, OPTION_NAME);
    struct pair pair = {0};
    int lock;
    if (text == NULL) {
        err_set(err, ERR_USAGE, "create needs a name");
        return err_hint(err, "skein create add_users");
    }
    if (read_name(run->arena, text, &pair.name, err) != 0 ||
        read_extension(run->arena, run->options.text[OPTION_EXT], &pair.extension, err) != 0 ||
        find_directory(run, &pair.directory, err) != 0 || flock_take(pair.directory, &lock, err) != 0)
        return -1;
    int status = next_version(run, &pair, err);
    if (status == 0)
        status = pair.single ? write_single(run, &pair, err) : write_pair(run, &pair, err);
    flock_release(lock);
    return status;
}
