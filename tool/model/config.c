#include "model/config.h"

#include "base/file.h"
#include "model/keys.h"
#include "model/layers.h"
#include "model/relative.h"
#include "text/mask.h"
#include "text/nearest.h"
#include "text/yaml.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 1 << 20 };

/* Where a repository's configuration may lie; the last ones only where --config names the directory. */
static const char *const file_names[] = {"skein.yaml", "configs/migrations.yaml", "migrations.yaml", "config.yaml",
                                         "config/config.yaml"};
enum { NAMES_IN_ROOT = 2, NAMES = sizeof file_names / sizeof *file_names };

/* What a team calls config.yaml is its application's, with keys of its own. */
static enum key_scope scope_of(const char *file)
{
    return strcmp(path_base(file), "config.yaml") == 0 ? KEYS_OF_APPLICATION : KEYS_OF_REPOSITORY;
}

static const char *find_file(struct arena *arena, const char *directory, size_t names)
{
    for (size_t i = 0; i < names; i++) {
        const char *path = path_join(arena, directory, file_names[i]);
        if (file_kind(path) != FILE_NONE)
            return path;
    }
    return NULL;
}

static bool is_root(struct arena *arena, const char *directory)
{
    return find_file(arena, directory, NAMES_IN_ROOT) != NULL ||
           file_kind(path_join(arena, directory, "services")) == FILE_DIRECTORY ||
           file_kind(path_join(arena, directory, ".git")) != FILE_NONE;
}

/* The nearest root from `start` upwards; NULL when there is none. */
static const char *find_root(struct arena *arena, const char *start)
{
    for (const char *at = start;; at = path_directory(arena, at)) {
        if (is_root(arena, at))
            return at;
        if (strcmp(at, "/") == 0 || at[0] != '/')
            return NULL;
    }
}

static int no_file_in(struct err *err, const char *directory)
{
    struct strings names = {0};
    for (size_t i = 0; i < NAMES; i++)
        *vec_add(err->arena, &names) = file_names[i];
    err_set(err, ERR_USAGE, "--config: there is no configuration in %s", directory);
    return err_hint(err, "expected one of %s", words_join(err->arena, &names));
}

/* Fills root and file, both absolute; file may be NULL. */
static int find_places(struct arena *arena, const struct config_options *options, struct config *config,
                       struct err *err)
{
    const char *start = path_absolute(arena, options->directory == NULL ? "." : options->directory);
    const char *root = NULL;
    if (file_kind(start) != FILE_DIRECTORY)
        return err_set(err, ERR_USAGE, "there is no directory %s", start);
    config->file = NULL;
    if (options->config_path != NULL) {
        const char *path = path_absolute(arena, path_join(arena, start, options->config_path));
        bool directory = file_kind(path) == FILE_DIRECTORY;
        config->file = directory ? find_file(arena, path, NAMES) : path;
        if (config->file == NULL)
            return no_file_in(err, options->config_path);
        root = find_root(arena, directory ? path : path_directory(arena, path));
    }
    if (root == NULL)
        root = find_root(arena, start);
    config->root = root == NULL ? start : root;
    if (config->file == NULL)
        config->file = find_file(arena, config->root, NAMES_IN_ROOT);
    return 0;
}

/* The document of a file, with warnings of unknown keys.  The path becomes the one that is shown. */
static int read_file(struct arena *arena, const char **path, enum key_scope scope, const struct node **document,
                     struct findings *findings, struct err *err)
{
    char *content = NULL;
    size_t length = 0;
    struct node *root = NULL;
    struct arena scratch = {0};
    *path = relative_path(arena, path_absolute(arena, *path));
    int result = file_read(&scratch, *path, LARGEST_FILE, &content, &length, err);
    if (result == 0)
        result = yaml_read(arena, *path, content, length, &root, err);
    if (result == 0)
        result = keys_check(arena, root, scope, findings, err);
    *document = root;
    arena_release(&scratch);
    return result;
}

int config_read(struct arena *arena, const struct config_options *options, struct config *config,
                struct findings *findings, struct err *err)
{
    *config = (struct config){0};
    if (find_places(arena, options, config, err) != 0)
        return -1;
    struct layers layers = {.options = options};
    if (config->file != NULL) {
        layers.repository_scope = scope_of(config->file);
        if (read_file(arena, &config->file, layers.repository_scope, &config->document, findings, err) != 0)
            return -1;
        layers.repository = config->document;
    }
    return layers_resolve(arena, &layers, config, err);
}

int config_read_service(struct arena *arena, const struct config_options *options, const struct config *repository,
                        const char *path, struct config *config, struct findings *findings, struct err *err)
{
    struct layers layers = {.options = options, .repository = repository->document};
    if (repository->file != NULL)
        layers.repository_scope = scope_of(repository->file);
    *config = *repository;
    if (path != NULL && read_file(arena, &path, KEYS_OF_APPLICATION, &layers.service, findings, err) != 0)
        return -1;
    return layers_resolve(arena, &layers, config, err);
}

const char *config_text(const struct config *config, enum setting setting)
{
    return config->values[setting].text;
}

long long config_number(const struct config *config, enum setting setting)
{
    return config->values[setting].number;
}

void config_trees(struct arena *arena, const struct config *config, enum setting setting, struct config_trees *trees)
{
    if (config->document != NULL)
        keys_trees(arena, config->document, scope_of(config->file), setting, trees);
}

bool config_is_development(const struct config *config)
{
    return strcmp(config_text(config, SETTING_ENVIRONMENT), "development") == 0;
}

bool config_has_database(const struct config *config)
{
    static const enum setting names[] = {SETTING_DATABASE_URL, SETTING_DIRECT_URL, SETTING_DATABASE_HOST,
                                         SETTING_DATABASE_NAME};
    static const char *const variables[] = {"PGHOST", "PGHOSTADDR", "PGDATABASE", "PGSERVICE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (config_text(config, names[i]) != NULL)
            return true;
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && value[0] != '\0') /* libpq takes an empty one as unset */
            return true;
    }
    return false;
}

const char *config_shown(struct arena *arena, const struct config *config, enum setting setting)
{
    const char *text = config_text(config, setting);
    if (text == NULL)
        return NULL;
    if (setting == SETTING_DATABASE_PASSWORD)
        return MASK;
    return setting_rows[setting].secret || strstr(text, "://") != NULL ? mask_url(arena, text) : text;
}

const char *origin_name(enum origin origin)
{
    static const char *const names[] = {
        [ORIGIN_UNSET] = "unset",           [ORIGIN_DEFAULT] = "default", [ORIGIN_STRATEGY] = "strategy",
        [ORIGIN_REPOSITORY] = "repository", [ORIGIN_SERVICE] = "service", [ORIGIN_VARIABLE] = "variable",
        [ORIGIN_OPTION] = "option",
    };
    return names[origin];
}
