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
        json_add(migrations, item);
    }
    vec_each(path, paths)
        json_add(files, json_text(run->arena, *path));
    json_set(document, "migrations", migrations);
    json_set(document, "files", files);
    json_log_print(run->arena, document);
}

void generate_print(struct run *run, const struct generation *generation, const struct strings *paths)
{
    if (option_on(&run->options, OPTION_JSON)) {
        print_json(run, generation, paths);
        return;
    }
    vec_each(path, paths)
        printf("%s\n", relative_path(run->arena, *path));
}
