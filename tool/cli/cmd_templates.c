#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/run.h"
#include "cli/verb.h"
#include "write/migration_type.h"
#include "text/table.h"

#include <stdio.h>

/* Those of a service where one is named, else those of the repository. */
static int open_set(struct run *run, struct template_set *set, struct err *err)
{
    if (run->options.text[OPTION_SERVICE] != NULL && run_open(run, NEED_CATALOG | NEED_FINDINGS, err) != 0)
        return -1;
    return template_set_open(run->arena, &run->config, run->service, set, err);
}

static const char *from_of(const struct template_file *file)
{
    return file->path == NULL ? "built in" : file->path;
}

static void list_json(struct run *run, const struct template_set *set)
{
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    vec_each(file, &set->files) {
        struct json *item = json_object(run->arena);
        json_set_text(item, "name", file->name);
        json_set_text(item, "path", file->path);
        json_add(list, item);
    }
    json_set(document, "templates", list);
    json_log_print(run->arena, document);
}

static int list(struct run *run, struct err *err)
{
    static const struct table_column columns[] = {{"TEMPLATE", TABLE_LEFT, false}, {"FROM", TABLE_LEFT, true}};
    struct template_set set;
    if (open_set(run, &set, err) != 0)
        return -1;
    if (option_on(&run->options, OPTION_JSON)) {
        list_json(run, &set);
        return 0;
    }
    struct table *table = table_open(columns, 2);
    vec_each(file, &set.files) {
        int row = table_row(table, -1);
        table_cell(table, row, 0, file->name, TONE_NONE);
        table_cell(table, row, 1, from_of(file), file->path == NULL ? TONE_FAINT : TONE_NONE);
    }
    table_close(table);
    return 0;
}

static int show(struct run *run, struct err *err)
{
    struct template_set set;
    struct source source;
    if (run->options.arguments.count < 2) {
        err_set(err, ERR_USAGE, "templates show needs the name of a template");
        return err_hint(err, "skein templates show migration/table.up.sql");
    }
    if (open_set(run, &set, err) != 0 || template_set_read(&set, run->options.arguments.at[1], &source, err) != 0)
        return -1;
    fwrite(source.content, 1, source.length, stdout);
    return 0;
}

static const char *parameters_of(struct arena *arena, const struct migration_type *type)
{
    struct str out = str_new(arena);
    str_add(&out, "");
    vec_each(parameter, &type->parameters)
        str_addf(&out, "%s%s", out.length == 0 ? "" : " ", parameter_rows[parameter->parameter].variable);
    return out.at;
}

static int types_json(struct run *run, struct template_set *set, const struct strings *names, struct err *err)
{
    struct json *document = json_log_document(run->arena), *list_of = json_list(run->arena);
    vec_each(name, names) {
        struct migration_type type;
        if (migration_type_read(set, *name, &type, err) != 0)
            return -1;
        struct json *item = json_object(run->arena), *parameters = json_list(run->arena);
        json_set_text(item, "type", type.name);
        json_set_text(item, "summary", type.summary);
        vec_each(parameter, &type.parameters) {
            struct json *one = json_object(run->arena);
            json_set_text(one, "name", parameter_rows[parameter->parameter].name);
            json_set_text(one, "about", parameter->about);
            json_set_bool(one, "required", parameter->required);
            json_add(parameters, one);
        }
        json_set(item, "parameters", parameters);
        json_add(list_of, item);
    }
    json_set(document, "types", list_of);
    json_log_print(run->arena, document);
    return 0;
}

static int types(struct run *run, struct err *err)
{
    static const struct table_column columns[] = {
        {"TYPE", TABLE_LEFT, false}, {"MAKES", TABLE_LEFT, true}, {"PARAMETERS", TABLE_LEFT, true}};
    struct template_set set;
    struct strings names = {0};
    if (open_set(run, &set, err) != 0)
        return -1;
    migration_type_names(&set, &names);
    if (option_on(&run->options, OPTION_JSON))
        return types_json(run, &set, &names, err);
    struct table *table = table_open(columns, 3);
    int status = 0;
    vec_each(name, &names) {
        struct migration_type type;
        if ((status = migration_type_read(&set, *name, &type, err)) != 0)
            break;
        int row = table_row(table, -1);
        table_cell(table, row, 0, type.name, TONE_NONE);
        table_cell(table, row, 1, type.summary, TONE_NONE);
        table_cell(table, row, 2, parameters_of(run->arena, &type), TONE_NONE);
    }
    table_close(table);
    return status;
}

/* Without a verb it lists. */
int cmd_templates(struct run *run, struct err *err)
{
    static const struct verb verbs[] = {{"list", list}, {"types", types}, {"show", show}, {NULL, NULL}};
    return run->options.arguments.count == 0 ? list(run, err) : verb_run(run, verbs, err);
}
