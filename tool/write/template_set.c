#include "write/template_set.h"

#include "base/file.h"
#include "model/relative.h"
#include "write/template_built_in.h"
#include "text/nearest.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LARGEST_TEMPLATE = 1 << 20, DEEPEST = 4, LARGEST_SQL = 16 << 20 };

static struct template_file *find(struct template_set *set, const char *name)
{
    vec_each(file, &set->files)
        if (strcmp(file->name, name) == 0)
            return file;
    return NULL;
}

static void put(struct template_set *set, const struct template_file *file)
{
    struct template_file *there = find(set, file->name);
    *(there != NULL ? there : vec_add(set->arena, &set->files)) = *file;
}

static void put_built_in(struct template_set *set)
{
    for (const struct built_in_template *row = built_in_templates; row->name != NULL; row++)
        *vec_add(set->arena, &set->files) = (struct template_file){row->name, NULL, row->text, strlen(row->text), NULL};
}

/* Hidden files and editors' copies are none. */
static bool counts(const char *name)
{
    return name[0] != '.' && !str_ends(name, "~");
}

/* An empty file overrides nothing: a shell makes one before `skein templates show X >templates/X` has begun. */
static bool is_empty(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && status.st_size == 0;
}

static void put_file(struct template_set *set, const char *name, const char *path)
{
    if (!is_empty(path))
        put(set, &(struct template_file){.name = name, .path = relative_path(set->arena, path)});
}

static int put_directory(struct template_set *set, const char *directory, const char *prefix, int depth, struct err *err)
{
    struct file_entries entries = {0};
    if (file_list(set->arena, directory, &entries, err) != 0)
        return -1;
    vec_each(entry, &entries) {
        const char *name = arena_printf(set->arena, "%s%s", prefix, entry->name);
        const char *path = path_join(set->arena, directory, entry->name);
        if (!counts(entry->name))
            continue;
        if (entry->kind == FILE_OTHER || (entry->kind == FILE_DIRECTORY && find(set, name) != NULL))
            return err_set(err, ERR_INPUT, "%s is no file: %s", relative_path(set->arena, path),
                           entry->kind == FILE_OTHER ? "a symlink that leads nowhere, or a special file" : "a directory");
        if (entry->kind == FILE_REGULAR)
            put_file(set, name, path);
        else if (entry->kind == FILE_DIRECTORY && depth > 0 &&
                 put_directory(set, path, arena_printf(set->arena, "%s/", name), depth - 1, err) != 0)
            return -1;
    }
    return 0;
}

static int put_templates_of(struct template_set *set, const char *directory, struct err *err)
{
    const char *templates = path_absolute(set->arena, path_join(set->arena, directory, "templates"));
    return file_kind(templates) == FILE_DIRECTORY ? put_directory(set, templates, "", DEEPEST, err) : 0;
}

static int compare(const void *left, const void *right)
{
    const struct template_file *a = left, *b = right;
    return strcmp(a->name, b->name);
}

/* skein's own repository has the built-in ones in its templates/. */
int template_set_open(struct arena *arena, const struct config *config, const struct service *service,
                      struct template_set *set, struct err *err)
{
    *set = (struct template_set){.arena = arena};
    put_built_in(set);
    if (put_templates_of(set, config->root, err) != 0)
        return -1;
    if (service != NULL && service->directory != NULL && put_templates_of(set, service->directory, err) != 0)
        return -1;
    qsort(set->files.at, set->files.count, sizeof(*set->files.at), compare);
    return 0;
}

int template_sets_open(struct arena *arena, const struct config *config, size_t services, struct template_sets *sets,
                       struct err *err)
{
    *sets = (struct template_sets){.arena = arena, .config = config};
    sets->services = arena_alloc(arena, (services + 1) * sizeof(*sets->services));
    return template_set_open(arena, config, NULL, &sets->repository, err);
}

int template_sets_get(struct template_sets *sets, const struct service *service, struct template_set **set, struct err *err)
{
    struct template_set **known = service == NULL ? NULL : &sets->services[service->number];
    *set = known == NULL ? &sets->repository : *known;
    if (*set != NULL)
        return 0;
    *set = *known = &sets->repository;
    if (service->directory == NULL || file_kind(path_join(sets->arena, service->directory, "templates")) != FILE_DIRECTORY)
        return 0;
    *set = *known = arena_new(sets->arena, struct template_set);
    return template_set_open(sets->arena, sets->config, service, *known, err);
}

static int unknown(struct template_set *set, const char *name, struct err *err)
{
    struct strings known = {0};
    vec_each(file, &set->files)
        *vec_add(set->arena, &known) = file->name;
    const char *nearest = nearest_find(name, &known);
    err_set(err, ERR_INPUT, "there is no template \"%s\"", name);
    if (nearest != NULL)
        return err_hint(err, "did you mean \"%s\"?", nearest);
    return err_hint(err, "`skein templates` lists them all");
}

int template_set_read(struct template_set *set, const char *name, struct source *source, struct err *err)
{
    struct template_file *file = find(set, name);
    char *text;
    if (file == NULL)
        return unknown(set, name, err);
    if (file->text == NULL) {
        if (file_read(set->arena, file->path, LARGEST_TEMPLATE, &text, &file->length, err) != 0)
            return -1;
        file->text = text;
    }
    *source = (struct source){template_file_path(set->arena, file), file->text, file->length};
    return source_check(source, err);
}

static const char *stem(struct arena *arena, const char *name)
{
    const char *base = path_base(name), *dot = strchr(base, '.');
    return dot == NULL ? base : arena_strndup(arena, base, (size_t)(dot - base));
}

static int read_template(struct template_set *set, const char *name, const char *as, struct template **template,
                         struct err *err)
{
    struct source source;
    struct template_file *file = find(set, name);
    if (file != NULL && file->template != NULL) {
        *template = file->template;
        return 0;
    }
    if (template_set_read(set, name, &source, err) != 0 || template_read(set->arena, as, &source, template, err) != 0)
        return -1;
    file->template = *template;
    return 0;
}

static int read_partials(struct template_set *set, struct template_folder *folder, struct err *err)
{
    const char *prefix = arena_printf(set->arena, "%s/partials/", folder->name);
    vec_each(file, &set->files) {
        struct template *partial;
        if (!str_starts(file->name, prefix))
            continue;
        if (read_template(set, file->name, stem(set->arena, file->name), &partial, err) != 0)
            return -1;
        templates_add(set->arena, &folder->partials, partial);
    }
    return 0;
}

/* The partials beside a template, read once. */
static int open_folder(struct template_set *set, const char *name, const struct templates **partials, struct err *err)
{
    vec_each(known, &set->folders)
        if (strcmp((*known)->name, name) == 0) {
            *partials = &(*known)->partials;
            return 0;
        }
    struct template_folder *folder = arena_new(set->arena, struct template_folder);
    folder->name = name;
    *partials = &folder->partials;
    if (read_partials(set, folder, err) != 0)
        return -1;
    *vec_add(set->arena, &set->folders) = folder;
    return 0;
}

int template_set_render(struct template_set *set, const char *name, enum template_mode mode, const struct data *data,
                        struct str *out, struct err *err)
{
    struct template *template;
    const struct templates *partials;
    struct template_options options = {.mode = mode};
    if (mode == TEMPLATE_SQL) {
        options.limit = LARGEST_SQL;
        options.trace = &set->trace;
    }
    set->trace.count = 0;
    if (open_folder(set, path_directory(set->arena, name), &partials, err) != 0 ||
        read_template(set, name, name, &template, err) != 0)
        return -1;
    return template_render(template, partials, &options, data, out, err);
}

const char *template_file_path(struct arena *arena, const struct template_file *file)
{
    return file->path != NULL ? file->path : arena_printf(arena, "skein:templates/%s", file->name);
}
