#include "write/site_search.h"

#include "write/site_place.h"

#include <string.h>

/* JSON, and JavaScript before 2019, too: there U+2028 and U+2029 end a line. */
static void add_string(struct str *out, const char *text)
{
    str_add_char(out, '"');
    for (const char *at = text == NULL ? "" : text; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '"' || c == '\\')
            str_addf(out, "\\%c", c);
        else if (c < ' ' || c == '<' || c == 0x7f)
            str_addf(out, "\\u%04x", c);
        else if (strncmp(at, "\xe2\x80\xa8", 3) == 0 || strncmp(at, "\xe2\x80\xa9", 3) == 0)
            str_addf(out, "\\u202%c", at[2] == '\xa8' ? '8' : '9'), at += 2;
        else
            str_add_char(out, *at);
    }
    str_add_char(out, '"');
}

/* An entry without its end. */
static void begin(struct str *out, const char *kind, const char *name, const char *link, const char *about)
{
    str_addf(out, "[\"%s\",", kind);
    add_string(out, name);
    str_add_char(out, ',');
    add_string(out, link);
    str_add_char(out, ',');
    add_string(out, about);
}

/* Adds the names of the items; returns what has to stand before the next one. */
static const char *add_names(struct str *out, const struct data *item, const char *separator)
{
    for (; item != NULL; item = item->next) {
        const char *name = data_find_text(item, "name");
        if (name == NULL)
            continue;
        str_add(out, separator);
        add_string(out, name);
        separator = ",";
    }
    return separator;
}

static void add_parts(struct str *out, const struct data *table)
{
    str_add(out, ",[");
    add_names(out, data_find_first(table, "columns"), "");
    str_add(out, "],[");
    add_names(out, data_find_first(table, "constraints"), add_names(out, data_find_first(table, "indexes"), ""));
    str_add(out, "]");
}

static const char *about_table(struct arena *arena, const struct doc_page *page, const struct data *table)
{
    const char *comment = data_find_text(table, "comment"), *service = service_shown(page->service);
    return comment == NULL ? service : arena_printf(arena, "%s: %s", service, comment);
}

static void add_tables(struct str *out, const struct doc_page *page, const char *path, const char *kind,
                       const char *key)
{
    struct data_items tables = data_items(data_find(page->data, key));
    for (const struct data *table = data_next(&tables); table != NULL; table = data_next(&tables)) {
        const char *anchor = data_find_text(table, "anchor");
        struct arena scratch = {0};
        begin(out, kind, data_find_text(table, "name"),
              arena_printf(&scratch, "%s#%s", path, anchor == NULL ? "tables" : anchor), about_table(&scratch, page, table));
        add_parts(out, table);
        str_add(out, "],\n");
        arena_release(&scratch);
    }
}

static void add_types(struct str *out, const struct doc_page *page, const char *path)
{
    struct arena scratch = {0};
    for (const struct data *object = data_find_first(page->data, "types"); object != NULL; object = object->next) {
        begin(out, "y", data_find_text(object, "name"), arena_printf(&scratch, "%s#types", path), service_shown(page->service));
        str_add(out, "],\n");
    }
    arena_release(&scratch);
}

void site_search_open(struct str *out)
{
    str_add(out, "skeinIndex([\n");
}

void site_search_add(const struct doc_page *page, const char *path, struct str *out)
{
    struct arena scratch = {0};
    if (page->kind == DOC_MIGRATION) {
        const char *summary = data_find_text(data_find(page->data, "migration"), "summary");
        const char *environment = page->migration->environment, *where = service_shown(page->service);
        if (environment != NULL)
            where = arena_printf(&scratch, "%s (%s)", where, environment);
        begin(out, "m", page->migration->id, path,
              arena_printf(&scratch, "%s: %s", where, summary == NULL ? "" : summary));
        str_add(out, "],\n");
    } else if (page->kind == DOC_SERVICE) {
        begin(out, "s", service_shown(page->service), path, data_find_text(data_find(page->data, "service"), "description"));
        str_add(out, "],\n");
        add_tables(out, page, path, "t", "tables");
        add_tables(out, page, path, "v", "views");
        add_types(out, page, path);
    }
    arena_release(&scratch);
}

void site_search_close(struct str *out)
{
    str_add(out, "]);\n");
}
