#include "review/stamp.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"
#include "model/content.h"
#include "model/relative.h"
#include "review/rule_files.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Environments' directories lie one below the migrations'. */
enum { DEEPEST = 4 };

/* What neither make nor a shell takes for anything but a name. */
static bool is_plain_name(const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        if (!isalnum((unsigned char)*at) && strchr("/._-+@,", *at) == NULL && (unsigned char)*at < 0x80)
            return false;
    return *text != '\0' && *text != '-';
}

/* DIRECTORY/NAME.SUFFIX, for any name of a service. */
static const char *path_of(const struct stamps *stamps, const struct service *service, const char *suffix)
{
    char hex[SHA256_HEX_SIZE];
    const char *name = service->name;
    if (!is_plain_name(name) || strchr(name, '/') != NULL || name[0] == '.') {
        sha256_hex(name, strlen(name), hex);
        name = arena_printf(stamps->arena, "+%.16s", hex);
    }
    return arena_printf(stamps->arena, "%s/%s.%s", stamps->directory, name, suffix);
}

static const char *key_path(const struct stamps *stamps)
{
    return path_join(stamps->arena, stamps->directory, "key");
}

/* --- the key */

static void add_text(struct sha256 *sha, const char *text)
{
    sha256_add(sha, text == NULL ? "" : text, text == NULL ? 0 : strlen(text));
    sha256_add(sha, "", 1);
}

static void add_file(struct sha256 *sha, const char *path)
{
    struct arena scratch = {0};
    struct err err = {.arena = &scratch};
    char hex[65] = "";
    add_text(sha, path);
    if (path != NULL && content_checksum(path, 0, hex, &err) != 0)
        hex[0] = '\0';
    add_text(sha, hex);
    arena_release(&scratch);
}

/* Where the database is and who asks does not matter to files. */
static bool matters(enum setting setting)
{
    switch (setting) {
    case SETTING_CORRELATION_ID:
    case SETTING_TRACE_ID:
    case SETTING_USER_ID:
    case SETTING_GRAFANA_ENDPOINT:
    case SETTING_DATABASE_URL:
    case SETTING_DIRECT_URL:
    case SETTING_DATABASE_HOST:
    case SETTING_DATABASE_PORT:
    case SETTING_DATABASE_NAME:
    case SETTING_DATABASE_USER:
    case SETTING_DATABASE_SSLMODE:
        return false;
    default:
        return !setting_rows[setting].secret;
    }
}

static void add_config(struct sha256 *sha, const struct config *config)
{
    for (int setting = 0; setting < SETTINGS; setting++)
        if (matters((enum setting)setting))
            add_text(sha, config->values[setting].text);
}

static void add_rules(const struct stamps *stamps, struct sha256 *sha)
{
    struct strings paths = {0};
    rule_files_find(stamps->arena, stamps->catalog->config, &paths);
    vec_each(path, &paths)
        add_file(sha, *path);
}

/* A new skein may find something else. */
static void add_program(struct sha256 *sha)
{
    struct stat status;
    char text[128] = "";
    if (stat("/proc/self/exe", &status) == 0)
        snprintf(text, sizeof text, "%lld %lld.%09ld", (long long)status.st_size, (long long)status.st_mtim.tv_sec,
                 status.st_mtim.tv_nsec);
    add_text(sha, SKEIN_VERSION);
    add_text(sha, text);
}

static void make_key(struct stamps *stamps, const char *options)
{
    struct sha256 *sha = sha256_open();
    add_program(sha);
    add_text(sha, options);
    add_text(sha, stamps->catalog->directory);
    add_config(sha, stamps->catalog->config);
    add_file(sha, stamps->catalog->config->file);
    add_rules(stamps, sha);
    vec_each(service, &stamps->catalog->services) {
        const char *directory = (*service)->directory;
        add_text(sha, (*service)->name);
        add_text(sha, (*service)->migrations_directory);
        add_config(sha, &(*service)->config);
        add_file(sha, directory == NULL ? NULL : service_config_path(stamps->arena, directory));
    }
    sha256_close(sha, stamps->key);
}

int stamps_open(struct arena *arena, const char *directory, const struct catalog *catalog, const char *options,
                struct timespec began, struct stamps *stamps, struct err *err)
{
    *stamps = (struct stamps){.arena = arena, .directory = directory, .catalog = catalog, .began = began};
    if (!is_plain_name(directory))
        return err_set(err, ERR_USAGE, "make would not take \"%s\" for the name of a directory", directory);
    const char *ignore = path_join(arena, directory, ".gitignore");
    if (file_make_directory(arena, directory, 0777, err) != 0)
        return -1;
    if (file_kind(ignore) == FILE_NONE && file_write(arena, ignore, "*\n", 2, 0644, err) != 0)
        return -1;
    make_key(stamps, options);
    return 0;
}

bool stamps_know_key(const struct stamps *stamps)
{
    struct err err = {.arena = stamps->arena};
    char *text;
    size_t length;
    return file_read(stamps->arena, key_path(stamps), 0, &text, &length, &err) == 0 && strcmp(text, stamps->key) == 0;
}

void stamps_forget_key(const struct stamps *stamps)
{
    unlink(key_path(stamps));
}

/* --- what a service depends on */

static void add_tree(const struct stamps *stamps, const char *directory, int depth, struct strings *paths)
{
    struct err err = {.arena = stamps->arena};
    struct file_entries entries = {0};
    *vec_add(stamps->arena, paths) = directory;
    if (file_list(stamps->arena, directory, &entries, &err) != 0)
        return;
    vec_each(entry, &entries) {
        const char *path = path_join(stamps->arena, directory, entry->name);
        if (depth == 0 && strcmp(entry->name, "docs") == 0) /* pages: what comes of the files, and no part of them */
            continue;
        if (entry->kind == FILE_DIRECTORY && depth < DEEPEST)
            add_tree(stamps, path, depth + 1, paths);
        else if (entry->kind == FILE_REGULAR)
            *vec_add(stamps->arena, paths) = path;
    }
}

static void mark_needed(const struct service *service, bool needed[])
{
    if (needed[service->number])
        return;
    needed[service->number] = true;
    vec_each(migration, &service->migrations)
        vec_each(need, &(*migration)->needs)
            mark_needed((*need)->service, needed);
}

/* Its seed files; while it has no directory of them, one that is made changes its own. */
static void add_seeds(const struct stamps *stamps, const struct service *service, struct strings *paths)
{
    if (service->directory == NULL)
        return;
    const char *directory = path_join(stamps->arena, service->directory, "seeds");
    if (file_kind(directory) == FILE_DIRECTORY)
        add_tree(stamps, directory, 1, paths);
    else
        *vec_add(stamps->arena, paths) = service->directory;
    vec_each(file, &service->environment.seed_files) {
        const char *path = relative_path(stamps->arena, path_join(stamps->arena, stamps->catalog->config->root, *file));
        if (file_kind(path) == FILE_REGULAR)
            *vec_add(stamps->arena, paths) = path;
    }
}

static struct strings inputs_of(const struct stamps *stamps, const struct service *service, bool of_all)
{
    bool *needed = arena_alloc(stamps->arena, stamps->catalog->services.count + 1);
    struct strings paths = {0};
    mark_needed(service, needed);
    vec_each(other, &stamps->catalog->services)
        if (of_all || needed[(*other)->number])
            add_tree(stamps, (*other)->migrations_directory, 0, &paths);
    add_seeds(stamps, service, &paths);
    return paths;
}

static bool is_newer(const char *path, const struct timespec *than)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return true;
    return status.st_mtim.tv_sec != than->tv_sec ? status.st_mtim.tv_sec > than->tv_sec
                                                 : status.st_mtim.tv_nsec > than->tv_nsec;
}

bool stamps_is_current(const struct stamps *stamps, const struct service *service)
{
    struct stat status;
    if (stat(path_of(stamps, service, "stamp"), &status) != 0)
        return false;
    struct strings inputs = inputs_of(stamps, service, status.st_size > 0);
    vec_each(path, &inputs)
        if (is_newer(*path, &status.st_mtim))
            return false;
    return true;
}

const struct service *stamps_service(const struct stamps *stamps, const char *path)
{
    vec_each(service, &stamps->catalog->services)
        if (strcmp(path_base(path_of(stamps, *service, "stamp")), path_base(path)) == 0)
            return *service;
    if (str_ends(path, ".stamp")) {
        unlink(path);
        unlink(arena_printf(stamps->arena, "%.*s.d", (int)(strlen(path) - strlen(".stamp")), path));
    }
    return NULL;
}

/* --- writing */

/* A name that make would misread makes the service one that is looked at every time. */
static const char *fragment_of(const struct stamps *stamps, const struct service *service, bool of_all)
{
    struct strings inputs = inputs_of(stamps, service, of_all);
    struct str text = str_new(stamps->arena);
    bool all = true;
    str_addf(&text, "# What the validation of a service depends on; written by skein.\n%s:",
             path_of(stamps, service, "stamp"));
    vec_each(path, &inputs) {
        if (is_plain_name(*path))
            str_addf(&text, " \\\n  %s", *path);
        all = all && is_plain_name(*path);
    }
    str_add(&text, all ? "\n" : " skein-always\n");
    vec_each(path, &inputs)
        if (is_plain_name(*path))
            str_addf(&text, "%s:\n", *path);
    return text.at;
}

const char *stamps_fragment(const struct stamps *stamps, const struct service *service)
{
    return path_of(stamps, service, "d");
}

int stamps_write(const struct stamps *stamps, const struct service *service, bool good, bool of_all, struct err *err)
{
    const char *fragment = fragment_of(stamps, service, of_all), *stamp = path_of(stamps, service, "stamp");
    const char *content = of_all ? "all\n" : "";
    struct timespec times[2] = {stamps->began, stamps->began};
    if (file_write(stamps->arena, path_of(stamps, service, "d"), fragment, strlen(fragment), 0666, err) != 0)
        return -1;
    unlink(stamp);
    if (!good)
        return 0;
    if (file_create(stamp, content, strlen(content), 0666, err) != 0)
        return -1;
    return utimensat(AT_FDCWD, stamp, times, 0) == 0 ? 0 : err_errno(err, ERR_PERMISSION, "cannot date %s", stamp);
}

static bool is_known(const struct stamps *stamps, const char *base)
{
    vec_each(service, &stamps->catalog->services)
        if (strcmp(path_base(path_of(stamps, *service, "d")), base) == 0)
            return true;
    return false;
}

int stamps_write_key(const struct stamps *stamps, bool good, struct err *err)
{
    struct file_entries entries = {0};
    if (file_list(stamps->arena, stamps->directory, &entries, err) != 0)
        return -1;
    vec_each(entry, &entries)
        if (str_ends(entry->name, ".d") && !is_known(stamps, entry->name))
            stamps_service(stamps, arena_printf(stamps->arena, "%s/%.*s.stamp", stamps->directory,
                                                (int)strlen(entry->name) - 2, entry->name));
    stamps_forget_key(stamps);
    return good ? file_write(stamps->arena, key_path(stamps), stamps->key, strlen(stamps->key), 0666, err) : 0;
}
