#include "write/site.h"

#include "base/file.h"
#include "base/path.h"
#include "base/renew.h"
#include "model/relative.h"
#include "text/visible.h"
#include "write/site_data.h"
#include "write/site_place.h"
#include "write/site_search.h"

#include <string.h>
#include <unistd.h>

/* About what they take, with some room for longer ones. */
enum { BYTES_OF_ROW = 310, BYTES_OF_TABLE = 1600, BYTES_BESIDES = 1 << 14 };

static const char *const templates[] = {
    [DOC_INDEX] = "site/index.html", [DOC_SERVICE] = "site/service.html", [DOC_MIGRATION] = "site/migration.html"};

static int write_file(struct site *site, const char *path, const struct str *content, struct err *err)
{
    struct arena scratch = {0};
    bool written = false;
    int result = renew_file(path_join(&scratch, site->directory, path), content->at, content->length, &written, err);
    *(written ? &site->written : &site->same) += 1;
    arena_release(&scratch);
    return result;
}

static int make_folder(struct site *site, const struct service *service, struct err *err)
{
    void **made = map_slot(site->arena, &site->folders, site_place_folder(site->arena, service));
    if (*made != NULL)
        return 0;
    *made = site;
    return file_make_directory(site->arena, path_join(site->arena, site->directory, site_place_folder(site->arena, service)),
                               0755, err);
}

/* --- pages, as they come */

static const char *service_path(struct arena *arena, void *context, const struct service *service)
{
    const struct site *site = context;
    return arena_printf(arena, "%s/%s", site->directory, site_place_service(arena, service, ""));
}

static const char *migration_path(struct arena *arena, void *context, const struct migration *migration)
{
    const struct site *site = context;
    return arena_printf(arena, "%s/%s", site->directory, site_place_migration(arena, migration, ""));
}

/* Room for all of a service's page at once: a text that grows leaves its old pieces behind. */
static struct str page_text(const struct doc_page *page)
{
    static const char *const keys[] = {"tables", "views"};
    size_t room = BYTES_BESIDES;
    if (page->kind != DOC_SERVICE)
        return str_new(page->arena);
    room += page->service->migrations.count * BYTES_OF_ROW;
    for (size_t i = 0; i < 2; i++)
        room += data_count(data_find(page->data, keys[i])) * BYTES_OF_TABLE;
    return (struct str){.arena = page->arena, .at = arena_alloc(page->arena, room), .room = room};
}

static void note_for_search(struct site *site, const struct doc_page *page, const char *path)
{
    struct arena scratch = {0};
    struct str text = str_new(&scratch);
    site_search_add(page, path, &text);
    if (text.length > 0)
        *vec_add(site->arena, &site->search) = arena_strndup(site->arena, text.at, text.length);
    arena_release(&scratch);
}

static int add_page(void *context, struct doc_page *page, struct err *err)
{
    struct site *site = context;
    const char *path = page->path + strlen(site->directory) + 1;
    struct str html = page_text(page);
    struct template_set *set;
    if (page->service != NULL && make_folder(site, page->service, err) != 0)
        return -1;
    site_data_set(site, page);
    if (template_sets_get(&site->templates, page->service, &set, err) != 0 ||
        template_set_render(set, templates[page->kind], TEMPLATE_HTML, page->data, &html, err) != 0)
        return -1;
    visible_text(&html);
    note_for_search(site, page, path);
    return write_file(site, path, &html, err);
}

/* --- beginning and end */

static int check_directory(struct arena *arena, const char *directory, struct err *err)
{
    struct file_entries entries = {0};
    if (file_make_directory(arena, directory, 0755, err) != 0 || file_list(arena, directory, &entries, err) != 0)
        return -1;
    renew_sweep(directory);
    if (entries.count == (entries.count == 1 && renew_is_draft(entries.at[0].name)) || file_kind(path_join(arena, directory, "site.js")) == FILE_REGULAR)
        return 0;
    err_set(err, ERR_INPUT, "%s holds other files, and no site that skein wrote", relative_path(arena, directory));
    return err_hint(err, "name an empty directory, or one that does not exist");
}

static int write_template(struct site *site, const char *path, const char *template, struct err *err)
{
    struct source source;
    if (template_set_read(&site->templates.repository, template, &source, err) != 0)
        return -1;
    return write_file(site, path, &(struct str){.at = (char *)source.content, .length = source.length}, err);
}

/* Is it a page that skein wrote? */
static bool is_page(const char *path)
{
    struct arena scratch = {0};
    struct err err = {.arena = &scratch};
    char *content;
    size_t length;
    bool ours = str_ends(path, ".html") && file_read(&scratch, path, 0, &content, &length, &err) == 0 &&
                strstr(content, "<meta name=\"generator\" content=\"skein\">") != NULL;
    arena_release(&scratch);
    return ours;
}

static void note_migrations(struct site *site, const struct catalog *catalog)
{
    vec_each(migration, &catalog->order)
        map_put(site->arena, &site->paths, site_place_migration(site->arena, *migration, ""), site);
}

/* What belongs to the site, by its path. */
static void note_paths(struct site *site)
{
    struct arena *arena = site->arena;
    map_put(arena, &site->paths, "index.html", site);
    vec_each(service, &site->request->catalog->services)
        map_put(arena, &site->paths, site_place_service(arena, *service, ""), site);
    note_migrations(site, site->request->catalog);
    for (size_t i = 1; i < site->request->variants->list.count; i++)
        note_migrations(site, site->request->variants->list.at[i].catalog);
}

static void remove_old(struct site *site, const char *folder, bool deep)
{
    struct err ignored = {.arena = site->arena};
    struct file_entries entries = {0};
    const char *directory = path_join(site->arena, site->directory, folder);
    if (file_list(site->arena, directory, &entries, &ignored) != 0)
        return;
    vec_each(entry, &entries) {
        if (renew_is_draft(entry->name))
            renew_sweep(directory);
        const char *path = path_join(site->arena, folder, entry->name), *full = path_join(site->arena, directory, entry->name);
        if (deep && entry->kind == FILE_DIRECTORY)
            remove_old(site, path, false);
        else if (entry->kind == FILE_REGULAR && map_find(&site->paths, path) == NULL && is_page(full))
            site->removed += unlink(full) == 0;
    }
    if (!deep)
        rmdir(directory);
}

static int finish(struct site *site, struct err *err)
{
    struct str search = str_new(site->arena);
    site_search_open(&search);
    vec_each(entries, &site->search)
        str_add(&search, *entries);
    site_search_close(&search);
    visible_text(&search);
    if (write_file(site, "search.js", &search, err) != 0)
        return -1;
    note_paths(site);
    remove_old(site, "", true);
    return 0;
}

int site_write(const struct doc_request *request, const char *directory, struct site *site, struct err *err)
{
    struct arena *arena = request->arena;
    *site = (struct site){.arena = arena, .request = request, .directory = path_absolute(arena, directory)};
    struct doc_layout layout = {path_join(arena, site->directory, "index.html"), service_path, migration_path, site};
    struct doc_request own = *request;
    own.layout = &layout;
    own.sql = true;
    own.page = add_page;
    own.context = site;
    if (check_directory(arena, site->directory, err) != 0 ||
        template_sets_open(arena, request->catalog->config, request->catalog->services.count, &site->templates, err) != 0 ||
        write_template(site, "site.js", "site/site.js", err) != 0 ||
        write_template(site, "style.css", "site/style.css", err) != 0 || doc_render(&own, err) != 0)
        return -1;
    return finish(site, err);
}
