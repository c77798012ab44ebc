#include "cli/docs_stamps.h"

#include "base/file.h"
#include "base/hash.h"

#include <string.h>
#include <sys/stat.h>

/* Other templates make other pages. */
static int add_templates(struct sha256 *sha, struct template_set *set, struct err *err)
{
    vec_each(file, &set->files) {
        struct source source;
        if (!str_starts(file->name, "docs/"))
            continue;
        if (template_set_read(set, file->name, &source, err) != 0)
            return -1;
        sha256_add(sha, file->name, strlen(file->name) + 1);
        sha256_add(sha, source.content, source.length);
    }
    return 0;
}

static int key_of_templates(struct docs_pages *pages, const char **key, struct err *err)
{
    char hex[SHA256_HEX_SIZE];
    struct sha256 *sha = sha256_open();
    int status = add_templates(sha, &pages->templates.repository, err);
    vec_each(service, &pages->catalog->services) {
        struct template_set *set;
        if (status == 0 && (status = template_sets_get(&pages->templates, *service, &set, err)) == 0 &&
            set != &pages->templates.repository)
            status = add_templates(sha, set, err);
    }
    sha256_close(sha, hex);
    *key = arena_strdup(pages->run->arena, hex);
    return status;
}

/* A page that was added or taken away is seen in its directory, which is older than the stamp's fragment otherwise. */
static bool is_older(const char *path, const struct stat *fragment)
{
    struct stat directory;
    if (stat(path, &directory) != 0)
        return false;
    return directory.st_mtim.tv_sec != fragment->st_mtim.tv_sec
               ? directory.st_mtim.tv_sec < fragment->st_mtim.tv_sec
               : directory.st_mtim.tv_nsec <= fragment->st_mtim.tv_nsec;
}

static bool has_all_pages(const struct docs_pages *pages, const struct stamps *stamps, const struct service *service)
{
    struct arena *arena = pages->run->arena;
    struct stat fragment;
    if (stat(stamps_fragment(stamps, service), &fragment) != 0 ||
        !is_older(path_join(arena, pages->directories[service->number], "docs"), &fragment))
        return false;
    vec_each(variant, &pages->variants->list)
        if (variants_has_own(variant, service) &&
            !is_older(docs_pages_folder(arena, pages, service, variant->environment), &fragment))
            return false;
    return true;
}

static bool is_current(const struct docs_pages *pages, const struct stamps *stamps)
{
    if (!stamps_know_key(stamps) || file_kind(pages->layout.index) != FILE_REGULAR)
        return false;
    vec_each(service, &pages->catalog->services)
        if (!stamps_is_current(stamps, *service) || !has_all_pages(pages, stamps, *service))
            return false;
    return true;
}

int docs_stamps_open(struct docs_pages *pages, struct timespec began, struct docs_stamps *stamps, struct err *err)
{
    struct run *run = pages->run;
    const char *directory = run->options.text[OPTION_STAMPS], *key;
    *stamps = (struct docs_stamps){.on = directory != NULL};
    if (!stamps->on)
        return 0;
    if (pages->check || pages->connected || run->service != NULL)
        return err_set(err, ERR_USAGE, "stamps stand for all pages, as the files alone make them");
    if (key_of_templates(pages, &key, err) != 0 ||
        stamps_open(run->arena, directory, pages->catalog, arena_printf(run->arena, "docs %s", key), began,
                    &stamps->stamps, err) != 0)
        return -1;
    stamps->nothing = is_current(pages, &stamps->stamps);
    return 0;
}

int docs_stamps_write(const struct docs_pages *pages, const struct docs_stamps *stamps, struct err *err)
{
    if (!stamps->on || pages->faults.count > 0) /* which are told until they are mended */
        return 0;
    stamps_forget_key(&stamps->stamps);
    vec_each(service, &pages->catalog->services)
        if (stamps_write(&stamps->stamps, *service, true, false, err) != 0)
            return -1;
    return stamps_write_key(&stamps->stamps, true, err);
}
