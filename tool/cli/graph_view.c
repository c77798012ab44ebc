#include "cli/graph_view.h"
#include "base/str.h"
#include "cli/json_log.h"
#include "cli/progress.h"
#include "text/screen.h"
#include "text/table.h"

#include <stdio.h>
#include <string.h>

/*
 * Each service is a root and its migrations, in order, are the children; below a migration stands what it needs
 * besides the one before it.  A true tree of all paths would have exponential size.
 */
static void add_needs(const struct run *run, struct table *table, int parent, const struct migration *migration)
{
    vec_each(need, &migration->needs) {
        const char *text = (*need)->service == migration->service
                               ? screen_safe(run->arena, (*need)->id, true)
                               : progress_name(run->arena, *need);
        table_cell(table, table_row(table, parent), 0, arena_printf(run->arena, "needs %s", text), TONE_FAINT);
    }
}

void graph_view_tree(const struct run *run, const struct migrations *migrations)
{
    static const struct table_column columns[] = {{"MIGRATION", TABLE_LEFT, true}};
    struct table *table = table_open(columns, 1);
    vec_each(service, &run->catalog.services) {
        int root = -1;
        vec_each(migration, migrations) {
            if ((*migration)->service != *service)
                continue;
            if (root < 0) {
                root = table_row(table, -1);
                table_cell(table, root, 0, (*service)->name, TONE_STRONG);
            }
            int row = table_row(table, root);
            table_cell(table, row, 0, (*migration)->id, TONE_NONE);
            add_needs(run, table, row, *migration);
        }
    }
    table_close(table);
}

void graph_view_order(const struct run *run, const struct migrations *migrations)
{
    vec_each(migration, migrations)
        puts(progress_name(run->arena, *migration));
}

void graph_view_json(const struct run *run, const struct migrations *migrations)
{
    struct arena *arena = run->arena;
    struct json *document = json_log_document(arena), *list = json_list(arena);
    vec_each(migration, migrations) {
        struct json *object = json_object(arena), *needs = json_list(arena);
        json_log_migration(object, *migration);
        vec_each(need, &(*migration)->needs) {
            struct json *item = json_object(arena);
            json_log_migration(item, *need);
            json_add(needs, item);
        }
        json_set(object, "needs", needs);
        json_add(list, object);
    }
    json_set(document, "order", list);
    json_log_print(arena, document);
}

/* A name between quotes; what would end it is written as an entity of Mermaid's, or escaped for Graphviz. */
static char *quoted(struct arena *arena, const char *text, const char *quote)
{
    struct str out = str_new(arena);
    str_add(&out, "\"");
    for (const char *at = screen_safe(arena, text, true); *at != '\0'; at++) {
        if (*at == '"')
            str_add(&out, quote);
        else if (*at == '\\')
            str_add(&out, "\\\\");
        else
            str_add_char(&out, *at);
    }
    str_add(&out, "\"");
    return out.at;
}

static char *full_id(struct arena *arena, const struct migration *migration, const char *quote)
{
    return quoted(arena, arena_printf(arena, "%s/%s", migration->service->name, migration->id), quote);
}

void graph_view_dot(const struct run *run, const struct migrations *migrations)
{
    puts("digraph migrations {\n  rankdir=LR;\n  node [shape=box];");
    vec_each(migration, migrations) {
        char *id = full_id(run->arena, *migration, "\\\"");
        printf("  %s;\n", id);
        vec_each(need, &(*migration)->needs)
            printf("  %s -> %s;\n", full_id(run->arena, *need, "\\\""), id);
    }
    puts("}");
}

void graph_view_mermaid(const struct run *run, const struct migrations *migrations)
{
    puts("graph LR");
    vec_each(migration, migrations) {
        printf("  m%zu[%s]\n", (*migration)->number, full_id(run->arena, *migration, "#quot;"));
        vec_each(need, &(*migration)->needs)
            printf("  m%zu --> m%zu\n", (*need)->number, (*migration)->number);
    }
}
