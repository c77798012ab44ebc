#include "cli/generate_view.h"

#include "cli/json_log.h"
#include "model/relative.h"

#include <stdio.h>

static void print_json(struct run *run, const struct generation *generation, const struct strings *paths)
{
    struct json *document = json_log_document(run->arena), *migrations = json_list(run->arena),
                *files = json_list(run->arena);
    json_set_text(document, "type", generation->type.name);
    json_set_text(document, "service", generation->request->service->name);
    vec_each(migration, &generation->migrations) {
        struct json *item = json_object(run->arena);
        json_set_text(item, "version", migration->version);
        json_set_text(item, "name", migration->name);
        if (option_on(&run->options, OPTION_DRY_RUN)) {
            json_set_text(item, "up", migration->up);
            if (!generation->type.makes_seeds)
                json_set_text(item, "down", migration->down);
        }
        json_add(migrations, item);
    }
    vec_each(path, paths)
        json_add(files, json_text(run->arena, *path));
    json_set(document, "migrations", migrations);
    json_set(document, "files", files);
    json_log_print(run->arena, document);
}

/* What a dry run would have written is on no disk to look at.  Seeds have no other half. */
static void print_sql(struct run *run, const struct generation *generation)
{
    vec_each(migration, &generation->migrations) {
        const char *label = arena_printf(run->arena, "%s_%s", migration->version, migration->name);
        printf("\n-- %s%s\n%s", label, generation->type.makes_seeds ? "" : ", up", migration->up);
        if (!generation->type.makes_seeds)
            printf("\n-- %s, down\n%s", label, migration->down);
    }
}

void generate_print(struct run *run, const struct generation *generation, const struct strings *paths)
{
    if (option_on(&run->options, OPTION_JSON)) {
        print_json(run, generation, paths);
        return;
    }
    vec_each(path, paths)
        printf("%s\n", relative_path(run->arena, *path));
    if (option_on(&run->options, OPTION_DRY_RUN) && !option_on(&run->options, OPTION_QUIET))
        print_sql(run, generation);
}
