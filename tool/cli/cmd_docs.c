#include "base/flock.h"
#include "base/path.h"
#include "cli/commands.h"
#include "cli/docs_pages.h"
#include "cli/docs_stamps.h"
#include "cli/docs_title.h"
#include "cli/docs_variants.h"
#include "cli/json_log.h"
#include "cli/run.h"
#include "write/site.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MOST_LINES = 20 };

static void add_faults(struct arena *arena, struct json *document, const struct findings *faults)
{
    struct json *list = json_list(arena);
    vec_each(fault, faults)
        json_add(list, json_text(arena, arena_printf(arena, "%s:%d:%d", fault->place.file, fault->place.line,
                                                     fault->place.column)));
    json_set(document, "not_understood", list);
}

/* Pages that may be wrong are no remark: quiet or not, that is said. */
static void tell_faults(const struct run *run, const struct findings *faults)
{
    if (option_on(&run->options, OPTION_QUIET) && !option_on(&run->options, OPTION_JSON))
        vec_each(fault, faults)
            fprintf(stderr, "warning: %s\n", run_warning(run, fault));
    else
        run_tell_warnings(run, faults, 0);
}

/* Documented as far as it goes; whether that is good enough is for `skein validate` to say. */
static void print_faults(const struct findings *faults)
{
    size_t count = 0;
    vec_each(fault, faults)
        count += fault == faults->at || strcmp(fault[0].place.file, fault[-1].place.file) != 0;
    if (count > 0)
        printf("%zu file%s not understood as a whole: `skein validate` tells why\n", count, count == 1 ? " is" : "s are");
}

static void print_json(const struct docs_pages *pages)
{
    struct arena *arena = pages->run->arena;
    struct json *document = json_log_document(arena);
    const struct { const char *key; const struct strings *paths; } lists[] = {
        {pages->check ? "stale" : "written", &pages->written}, {pages->check ? "orphaned" : "removed", &pages->removed},
        {"moved", &pages->moved}, {"stripped", &pages->stripped}, {"left_alone", &pages->alone}};
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
        struct json *list = json_list(arena);
        vec_each(path, lists[i].paths)
            json_add(list, json_text(arena, *path));
        json_set(document, lists[i].key, list);
    }
    json_set_integer(document, "unchanged", (long long)pages->unchanged);
    add_faults(arena, document, &pages->faults);
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
    print_paths(pages, "moved", &pages->moved, ", with what is written by hand");
    print_paths(pages, "stripped", &pages->stripped, ", whose migration is no more, to what is written by hand");
    print_paths(pages, "left alone:", &pages->alone, ", which is written by hand");
    if (option_on(&pages->run->options, OPTION_QUIET))
        return;
    printf("%zu page%s %s, %zu %s as %s\n", pages->written.count, pages->written.count == 1 ? "" : "s",
           pages->check ? "stale" : "written", pages->unchanged, pages->unchanged == 1 ? "is" : "are",
           pages->unchanged == 1 ? "it should be" : "they should be");
    print_faults(&pages->faults);
}

static const struct doc_applications *applied_of(void *context, const struct migration *migration)
{
    return docs_applied_find(context, migration);
}

/* Of the databases, when they are asked for. */
static int ask(struct run *run, struct docs_applied *applied, struct doc_request *request, struct err *err)
{
    request->connected = option_on(&run->options, OPTION_CONNECTED);
    if (!request->connected)
        return 0;
    request->applied = applied_of;
    request->applied_context = applied;
    return docs_applied_read(run, applied, err);
}

static int write_site(struct run *run, const struct variants *variants, const char *directory, struct err *err)
{
    struct findings faults = {0};
    struct doc_request request = {.arena = run->arena, .catalog = variants->list.at[0].catalog, .variants = variants,
                                  .title = docs_title_of_site(run),
                                  .faults = &faults};
    struct docs_applied applied = {0};
    struct site site;
    if (option_on(&run->options, OPTION_CHECK)) {
        err_set(err, ERR_USAGE, "--check is for pages of Markdown, not for --html");
        return err_hint(err, "`skein docs --html` writes what changed; generated sites are not kept under version control");
    }
    int status = ask(run, &applied, &request, err) != 0 ? -1 : site_write(&request, directory, &site, err);
    docs_applied_close(&applied);
    if (status != 0)
        return -1;
    tell_faults(run, &faults);
    if (option_on(&run->options, OPTION_JSON)) {
        struct json *document = json_log_document(run->arena);
        json_set_text(document, "index", path_join(run->arena, site.directory, "index.html"));
        json_set_integer(document, "written", (long long)site.written);
        json_set_integer(document, "removed", (long long)site.removed);
        json_set_integer(document, "unchanged", (long long)site.same);
        add_faults(run->arena, document, &faults);
        json_log_print(run->arena, document);
    } else if (!option_on(&run->options, OPTION_QUIET)) {
        printf("%s/index.html: %zu files written, %zu unchanged, %zu removed\n", directory, site.written, site.same, site.removed);
        print_faults(&faults);
    }
    return 0;
}

static int write_pages(struct run *run, struct docs_pages *pages, struct err *err)
{
    struct docs_applied applied = {.page = pages->layout.migration, .context = pages->layout.context};
    struct doc_request request = {.arena = run->arena, .catalog = pages->catalog, .variants = pages->variants,
                                  .layout = &pages->layout, .title = docs_title(run),
                                  .page = docs_pages_put, .context = pages, .faults = &pages->faults};
    int status = ask(run, &applied, &request, err) != 0 ? -1 : doc_render(&request, err);
    docs_applied_close(&applied);
    if (status != 0)
        return -1;
    tell_faults(run, &pages->faults);
    return docs_pages_sweep(pages, err);
}

/* One at a time; where there are no locks, two runs at once are not expected.  It goes with the process. */
static void lock(struct run *run)
{
    struct err unused = {.arena = run->arena};
    int handle;
    (void)flock_take(run->config.root, &handle, &unused);
}

int cmd_docs(struct run *run, struct err *err)
{
    const char *directory = run->options.text[OPTION_HTML];
    struct variants variants;
    struct docs_pages pages;
    struct docs_stamps stamps;
    struct timespec began;
    clock_gettime(CLOCK_REALTIME_COARSE, &began);
    if (docs_variants_open(run, &variants, err) != 0)
        return -1;
    if (!option_on(&run->options, OPTION_CHECK))
        lock(run);
    if (directory != NULL)
        return write_site(run, &variants, directory, err);
    if (docs_pages_open(run, &variants, &pages, err) != 0 || docs_stamps_open(&pages, began, &stamps, err) != 0)
        return -1;
    if (stamps.nothing)
        return 0;
    if (write_pages(run, &pages, err) != 0 || docs_stamps_write(&pages, &stamps, err) != 0)
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
