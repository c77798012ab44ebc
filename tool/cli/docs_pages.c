#include "cli/docs_pages.h"

#include "base/file.h"
#include "base/map.h"
#include "base/renew.h"
#include "text/visible.h"
#include "write/page.h"
#include "model/relative.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

enum { DIRECTORY_MODE = 0777, ROW_ROOM = 170, TABLE_ROOM = 900 };

/* --- where pages are */

static const char *service_path(struct arena *arena, void *context, const struct service *service)
{
    const struct docs_pages *pages = context;
    return arena_printf(arena, "%s/docs/README.md", pages->directories[service->number]);
}

/* The environment's name as part of a path. */
static const char *folder_of(struct arena *arena, const char *environment)
{
    char *folder = arena_strdup(arena, environment);
    for (char *at = folder; *at != '\0'; at++)
        if (!isalnum((unsigned char)*at) && strchr("-_", *at) == NULL)
            *at = '_';
    return folder;
}

const char *docs_pages_folder(struct arena *arena, const struct docs_pages *pages, const struct service *service,
                              const char *environment)
{
    return arena_printf(arena, "%s/docs/%s", pages->directories[service->number], folder_of(arena, environment));
}

static const char *migration_path(struct arena *arena, void *context, const struct migration *migration)
{
    const struct docs_pages *pages = context;
    const char *directory = pages->directories[migration->service->number];
    if (migration->environment == NULL)
        return arena_printf(arena, "%s/docs/migration_%s.md", directory, migration->digits);
    return arena_printf(arena, "%s/migration_%s.md",
                        docs_pages_folder(arena, pages, migration->service, migration->environment), migration->digits);
}

int docs_pages_open(struct run *run, const struct variants *variants, struct docs_pages *pages, struct err *err)
{
    struct arena *arena = run->arena;
    const struct catalog *catalog = variants->list.at[0].catalog;
    const char *root = path_join(arena, run->config.root, config_text(&run->config, SETTING_DOCS_PATH));
    *pages = (struct docs_pages){.run = run, .variants = variants, .catalog = catalog, .check = option_on(&run->options, OPTION_CHECK),
                                  .connected = option_on(&run->options, OPTION_CONNECTED)};
    pages->directories = arena_alloc(arena, (catalog->services.count + 1) * sizeof(*pages->directories));
    vec_each(service, &catalog->services)
        pages->directories[(*service)->number] = path_absolute(arena, (*service)->migrations_directory);
    pages->layout = (struct doc_layout){
        path_absolute(arena, path_join(arena, root, "README.md")), service_path, migration_path, pages};
    return template_sets_open(arena, &run->config, catalog->services.count, &pages->templates, err);
}

/* --- writing */

/* Templates leave blank lines where there was nothing to say: one is enough, and none before the end of a block. */
static void tidy(struct str *text)
{
    size_t to = 0, blank = 0;
    bool fenced = false;
    for (size_t from = 0, length; from < text->length; from += length) {
        const char *line = text->at + from;
        length = strcspn(line, "\n");
        length += line[length] == '\n';
        fenced ^= str_starts(line, "```");
        blank = *line == '\n' && !fenced ? blank + 1 : 0;
        if (blank > 1 || (blank == 1 && to == 0))
            continue;
        if (str_starts(line, "<!-- skein:end "))
            while (to > 1 && text->at[to - 1] == '\n' && text->at[to - 2] == '\n')
                to--;
        memmove(text->at + to, line, length);
        to += length;
    }
    text->length = to;
    text->at[to] = '\0';
}

/* Such a page would be taken for somebody's own, and never be written again. */
static int refuse_template(struct template_set *set, const char *name, struct err *err)
{
    struct source source;
    if (template_set_read(set, name, &source, err) != 0)
        return -1;
    err_set(err, ERR_INPUT, "the page has no line <!-- skein:begin NAME -->");
    err->place = (struct place){.file = source.path, .line = 1, .column = 1};
    return err_hint(err, "put what skein writes between <!-- skein:begin NAME --> and <!-- skein:end NAME -->; `skein templates show %s` has an example", name);
}

static int render(struct docs_pages *pages, const struct doc_page *page, struct str *text, struct err *err)
{
    static const char *const names[] = {
        [DOC_MIGRATION] = "docs/migration.md", [DOC_SERVICE] = "docs/service.md", [DOC_INDEX] = "docs/index.md"};
    struct template_set *set;
    if (template_sets_get(&pages->templates, page->service, &set, err) != 0)
        return -1;
    if (template_set_render(set, names[page->kind], TEMPLATE_PLAIN, page->data, text, err) != 0)
        return -1;
    tidy(text);
    visible_text(text);
    return page_is_generated(text->at) ? 0 : refuse_template(set, names[page->kind], err);
}

static int make_directory(struct docs_pages *pages, const char *path, struct err *err)
{
    const char *directory = path_directory(pages->run->arena, path);
    if (pages->made != NULL && strcmp(pages->made, directory) == 0)
        return 0;
    pages->made = directory;
    return file_make_directory(pages->run->arena, directory, DIRECTORY_MODE, err);
}

static int write_page(struct docs_pages *pages, const struct doc_page *page, const char *old, const char *text,
                      struct err *err)
{
    size_t length = strlen(text);
    if (make_directory(pages, page->path, err) != 0)
        return -1;
    if (old != NULL && !page_is_untouched(old)) /* what people wrote is never at risk */
        return file_write(page->arena, page->path, text, length, DOCS_PAGE_MODE, err);
    return renew_file(page->path, text, length, NULL, err);
}

const char *docs_pages_shown(struct docs_pages *pages, const char *path)
{
    return relative_path(pages->run->arena, arena_strdup(pages->run->arena, path));
}

static bool is_wanted(const struct run *run, const struct doc_page *page)
{
    return run->service == NULL || (page->service != NULL && page->service->number == run->service->number);
}

/* A text that grows leaves its old pieces behind; that of a service with many migrations has its room at once. */
static struct str text_for(const struct doc_page *page)
{
    size_t room = page->kind == DOC_SERVICE ? page->service->migrations.count * ROW_ROOM : 0;
    if (room < TABLE_ROOM)
        return str_new(page->arena);
    room += data_count(data_find(page->data, "tables")) * TABLE_ROOM;
    return (struct str){.arena = page->arena, .at = arena_alloc(page->arena, room), .room = room};
}

int docs_pages_put(void *context, struct doc_page *page, struct err *err)
{
    struct docs_pages *pages = context;
    struct arena *arena = page->arena;
    struct str fresh = text_for(page);
    const char *text;
    char *old = NULL;
    size_t length;
    if (!is_wanted(pages->run, page))
        return 0;
    if (page->migration != NULL && page->migration->environment != NULL)
        map_put(pages->run->arena, &pages->own, arena_strdup(pages->run->arena, page->path), pages);
    if (render(pages, page, &fresh, err) != 0)
        return -1;
    if (renew_is_same(page->path, fresh.at, fresh.length)) {
        pages->unchanged++;
        return 0;
    }
    if (file_kind(page->path) != FILE_NONE && file_read(arena, page->path, DOCS_LARGEST_PAGE, &old, &length, err) != 0)
        return -1;
    if (old != NULL && old[strspn(old, " \t\r\n")] == '\0')
        old = NULL;
    if (old != NULL && !page_is_generated(old)) {
        *vec_add(pages->run->arena, &pages->alone) = docs_pages_shown(pages, page->path);
        return 0;
    }
    if (page_merge(arena, docs_pages_shown(pages, page->path), old, fresh.at,
                   pages->connected ? NULL : "applied", &text, err) != 0)
        return -1;
    if (old != NULL && strcmp(old, text) == 0) {
        pages->unchanged++;
        return 0;
    }
    *vec_add(pages->run->arena, &pages->written) = docs_pages_shown(pages, page->path);
    return pages->check ? 0 : write_page(pages, page, old, text, err);
}
