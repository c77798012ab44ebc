#include "cli/commands.h"
#include "cli/docs_pages.h"
#include "cli/json_log.h"

#include <stdio.h>

enum { MOST_LINES = 20 };

static void print_json(const struct docs_pages *pages)
{
    struct arena *arena = pages->run->arena;
    struct json *document = json_log_document(arena);
    const struct { const char *key; const struct strings *paths; } lists[] = {
        {pages->check ? "stale" : "written", &pages->written}, {pages->check ? "orphaned" : "removed", &pages->removed},
        {"left_alone", &pages->alone}};
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
        struct json *list = json_list(arena);
        vec_each(path, lists[i].paths)
            json_add(list, json_text(arena, *path));
        json_set(document, lists[i].key, list);
    }
    json_set_integer(document, "unchanged", (long long)pages->unchanged);
    json_log_print(arena, document);
}

static void print_paths(const struct docs_pages *pages, const char *word, const struct strings *paths, const char *why)
{
    bool all = pages->check || option_on(&pages->run->options, OPTION_VERBOSE) || paths->count <= MOST_LINES;
    for (size_t i = 0; all && i < paths->count; i++)
        printf("%s %s%s\n", word, paths->at[i], why);
}

static void print_text(const struct docs_pages *pages)
{
    print_paths(pages, pages->check ? "stale:" : "wrote", &pages->written, "");
    print_paths(pages, pages->check ? "orphaned:" : "removed", &pages->removed, ", whose migration is no more");
    print_paths(pages, "left alone:", &pages->alone, ", which is written by hand");
    if (option_on(&pages->run->options, OPTION_QUIET))
        return;
    printf("%zu page%s %s, %zu %s as %s\n", pages->written.count, pages->written.count == 1 ? "" : "s",
           pages->check ? "stale" : "written", pages->unchanged, pages->unchanged == 1 ? "is" : "are",
           pages->unchanged == 1 ? "it should be" : "they should be");
}

int cmd_docs(struct run *run, struct err *err)
{
    struct docs_pages pages;
    if (docs_pages_open(run, &pages, err) != 0)
        return -1;
    struct doc_request request = {.arena = run->arena, .catalog = &run->catalog, .layout = &pages.layout,
                                  .page = docs_pages_put, .context = &pages};
    if (doc_render(&request, err) != 0 || docs_pages_sweep(&pages, err) != 0)
        return -1;
    if (option_on(&run->options, OPTION_JSON))
        print_json(&pages);
    else
        print_text(&pages);
    size_t stale = pages.written.count + pages.removed.count;
    if (!pages.check || stale == 0)
        return 0;
    err_set(err, ERR_FAILED, "the documentation is stale: %zu page%s", stale, stale == 1 ? "" : "s");
    return err_hint(err, "`skein docs` writes it");
}
