/* Pages of migrations that are no more, and what runs that were killed have left. */
#include "cli/docs_pages.h"

#include "base/file.h"
#include "base/map.h"
#include "base/path.h"
#include "base/renew.h"
#include "write/page.h"

#include <string.h>
#include <unistd.h>

/* "migration_000004.md": "000004"; NULL for another name. */
static const char *digits_of(struct arena *arena, const char *name)
{
    static const char lead[] = "migration_", tail[] = ".md";
    size_t length = strlen(name), before = sizeof(lead) - 1, behind = sizeof(tail) - 1;
    if (!str_starts(name, lead) || !str_ends(name, tail) || length <= before + behind)
        return NULL;
    const char *digits = arena_strndup(arena, name + before, length - before - behind);
    return digits[strspn(digits, "0123456789")] == '\0' ? digits : NULL;
}

/* What a run that was killed had begun to write. */
static void sweep_left(struct docs_pages *pages, const char *directory, const struct file_entries *entries)
{
    vec_each(entry, entries)
        if (!pages->check && entry->kind == FILE_REGULAR &&
            (renew_is_draft(entry->name) || (file_is_sibling(entry->name) && strstr(entry->name, ".md.") != NULL)))
            unlink(path_join(pages->run->arena, directory, entry->name));
}

/* --- what people wrote into a page whose migration is no more */

/* The migration that has the name now, if there is one: the page links to the files that it had. */
static const struct migration *successor(struct arena *arena, const struct service *service, const char *digits, const char *text)
{
    const struct migration *found = NULL;
    vec_each(migration, &service->migrations) {
        if ((*migration)->environment != NULL ||
            strstr(text, arena_printf(arena, "/%s_%s.", digits, (*migration)->name)) == NULL)
            continue;
        if (found != NULL)
            return NULL;
        found = *migration;
    }
    return found;
}

/* 1: it was moved, 0: it was not, -1: an error. */
static int move_page(struct docs_pages *pages, const char *path, const char *text, const struct migration *migration,
                     struct arena *scratch, struct err *err)
{
    const char *to = pages->layout.migration(scratch, pages->layout.context, migration), *merged;
    char *fresh;
    size_t length;
    if (file_kind(to) != FILE_REGULAR)
        return 0;
    if (file_read(scratch, to, DOCS_LARGEST_PAGE, &fresh, &length, err) != 0)
        return -1;
    if (!page_is_generated(fresh) || !page_is_untouched(fresh))
        return 0;
    if (page_merge(scratch, docs_pages_shown(pages, path), text, fresh, NULL, &merged, err) != 0 ||
        file_write(scratch, to, merged, strlen(merged), DOCS_PAGE_MODE, err) != 0)
        return -1;
    if (unlink(path) != 0)
        return err_errno(err, file_errno_kind(ERR_FAILED), "cannot remove %s", path);
    *vec_add(pages->run->arena, &pages->moved) = arena_printf(pages->run->arena, "%s to %s", docs_pages_shown(pages, path),
                                                              docs_pages_shown(pages, to));
    return 1;
}

static int strip_page(struct docs_pages *pages, const char *path, const char *text, struct arena *scratch, struct err *err)
{
    const char *rest;
    if (page_strip(scratch, docs_pages_shown(pages, path), text, &rest, err) != 0)
        return -1;
    *vec_add(pages->run->arena, &pages->stripped) = docs_pages_shown(pages, path);
    return file_write(scratch, path, rest, strlen(rest), DOCS_PAGE_MODE, err);
}

static int keep_words(struct docs_pages *pages, const struct service *service, const char *digits, const char *path,
                      const char *text, struct arena *scratch, struct err *err)
{
    const struct migration *migration = service == NULL ? NULL : successor(scratch, service, digits, text);
    int moved = migration == NULL ? 0 : move_page(pages, path, text, migration, scratch, err);
    return moved == 0 ? strip_page(pages, path, text, scratch, err) : moved < 0 ? -1 : 0;
}

static int remove_page(struct docs_pages *pages, const char *path, struct err *err)
{
    *vec_add(pages->run->arena, &pages->removed) = docs_pages_shown(pages, path);
    if (pages->check || unlink(path) == 0)
        return 0;
    return err_errno(err, file_errno_kind(ERR_FAILED), "cannot remove %s", path);
}

/* `service` NULL: nothing is moved. */
static int sweep_page(struct docs_pages *pages, const struct service *service, const char *digits, const char *path,
                      struct err *err)
{
    struct arena scratch = {0};
    char *text;
    size_t length;
    int status = file_read(&scratch, path, DOCS_LARGEST_PAGE, &text, &length, err);
    if (status == 0 && page_is_generated(text)) {
        if (page_is_untouched(text))
            status = remove_page(pages, path, err);
        else if (pages->check)
            *vec_add(pages->run->arena, &pages->written) = docs_pages_shown(pages, path);
        else
            status = keep_words(pages, service, digits, path, text, &scratch, err);
    }
    arena_release(&scratch);
    return status;
}

/* Pages of an environment that is no more, or of which a migration is no more. */
static int sweep_folder(struct docs_pages *pages, const char *directory, struct err *err)
{
    struct arena *arena = pages->run->arena;
    struct file_entries entries = {0};
    if (file_list(arena, directory, &entries, err) != 0)
        return -1;
    sweep_left(pages, directory, &entries);
    vec_each(entry, &entries) {
        const char *path = path_join(arena, directory, entry->name), *digits = digits_of(arena, entry->name);
        if (entry->kind == FILE_REGULAR && digits != NULL && map_find(&pages->own, path) == NULL &&
            sweep_page(pages, NULL, digits, path, err) != 0)
            return -1;
    }
    if (!pages->check && entries.count > 0)
        rmdir(directory);
    return 0;
}

static void sweep_directory(struct docs_pages *pages, const char *directory)
{
    struct err unused = {.arena = pages->run->arena};
    struct file_entries entries = {0};
    if (file_list(pages->run->arena, directory, &entries, &unused) == 0)
        sweep_left(pages, directory, &entries);
}

static int sweep_service(struct docs_pages *pages, const struct service *service, struct err *err)
{
    struct arena *arena = pages->run->arena;
    const char *directory = path_join(arena, pages->directories[service->number], "docs");
    struct file_entries entries = {0};
    struct map known = {0};
    if (file_kind(directory) != FILE_DIRECTORY)
        return 0;
    if (file_list(arena, directory, &entries, err) != 0)
        return -1;
    vec_each(migration, &service->migrations)
        if ((*migration)->environment == NULL)
            map_put(arena, &known, (*migration)->digits, *migration);
    sweep_left(pages, directory, &entries);
    vec_each(entry, &entries) {
        if (entry->kind == FILE_DIRECTORY && sweep_folder(pages, path_join(arena, directory, entry->name), err) != 0)
            return -1;
        const char *digits = entry->kind == FILE_REGULAR ? digits_of(arena, entry->name) : NULL;
        if (digits != NULL && map_find(&known, digits) == NULL &&
            sweep_page(pages, service, digits, path_join(arena, directory, entry->name), err) != 0)
            return -1;
    }
    return 0;
}

int docs_pages_sweep(struct docs_pages *pages, struct err *err)
{
    sweep_directory(pages, path_directory(pages->run->arena, pages->layout.index));
    vec_each(service, &pages->catalog->services)
        if ((pages->run->service == NULL || pages->run->service->number == (*service)->number) && sweep_service(pages, *service, err) != 0)
            return -1;
    return 0;
}
