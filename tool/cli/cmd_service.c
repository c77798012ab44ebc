#include "base/batch.h"
#include "base/file.h"
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/new_migration.h"
#include "cli/run.h"
#include "write/clause.h"
#include "model/relative.h"
#include "write/template_set.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* A service that is made from templates/service/. */
struct scaffold {
    struct run *run;
    const char *name, *schema, *table;
    const char *directory;         /* absolute */
    const char *from_root;         /* as environments.json names it */
    struct template_set templates;
    struct batch batch;
};

/* billing-service: it becomes a directory, and a schema. */
static int read_name(struct scaffold *scaffold, struct err *err)
{
    enum { LONGEST = 63 };
    const char *name = argument_text(scaffold->run, OPTION_NAME);
    if (name == NULL) {
        err_set(err, ERR_USAGE, "service needs a name");
        return err_hint(err, "skein service billing-service");
    }
    bool good = islower((unsigned char)*name) && strlen(name) <= LONGEST && !str_starts(name, "pg_") &&
                !str_starts(name, "pg-");
    for (const char *at = name; *at != '\0'; at++)
        good = good && (islower((unsigned char)*at) || isdigit((unsigned char)*at) || *at == '-' || *at == '_');
    char *schema = arena_strdup(scaffold->run->arena, name);
    for (char *at = schema; *at != '\0'; at++)
        *at = *at == '-' ? '_' : *at;
    scaffold->name = name;
    scaffold->schema = schema;
    if (good)
        return 0;
    err_set(err, ERR_USAGE, "'%s' cannot be the name of a service", name);
    return err_hint(err, "small letters, digits, '-' and '_', a letter first, not pg_, at most %d: it names a schema, too",
                    LONGEST);
}

/* billing-service has billings, until somebody says what it has. */
static int read_table(struct scaffold *scaffold, struct err *err)
{
    struct arena *arena = scaffold->run->arena;
    const char *given = scaffold->run->options.text[OPTION_TABLE];
    const char *why = given == NULL ? NULL : clause_name(arena, given, &scaffold->table);
    if (why != NULL)
        return err_set(err, ERR_USAGE, "TABLE: \"%s\" %s", given, why);
    if (given != NULL)
        return 0;
    size_t length = strlen(scaffold->schema);
    if (str_ends(scaffold->schema, "_service") && length > strlen("_service"))
        length -= strlen("_service");
    scaffold->table = arena_printf(arena, "%.*s%s", (int)length, scaffold->schema,
                                   scaffold->schema[length - 1] == 's' ? "" : "s");
    return 0;
}

static int find_place(struct scaffold *scaffold, struct err *err)
{
    struct run *run = scaffold->run;
    const char *services = config_text(&run->config, SETTING_SERVICES_PATH);
    scaffold->from_root = path_join(run->arena, services, scaffold->name);
    scaffold->directory = path_absolute(run->arena, path_join(run->arena, run->config.root, scaffold->from_root));
    if (file_kind(scaffold->directory) != FILE_NONE)
        return err_set(err, ERR_USAGE, "%s is there already", relative_path(run->arena, scaffold->directory));
    /* Of a repository without services there is nothing to read yet. */
    if (file_kind(path_directory(run->arena, scaffold->directory)) != FILE_DIRECTORY)
        return 0;
    if (catalog_read(run->arena, &run->settings, &run->config, &run->catalog, &run->findings, err) != 0)
        return -1;
    vec_each(service, &run->catalog.services)
        if (str_same((*service)->schema, scaffold->schema))
            return err_set(err, ERR_USAGE, "%s has the schema %s already", (*service)->name, scaffold->schema);
    return 0;
}

static struct data *data_of(const struct scaffold *scaffold)
{
    struct arena *arena = scaffold->run->arena;
    struct data *data = data_map(arena);
    data_set_text(arena, data, "service", scaffold->name);
    data_set_text(arena, data, "schema", scaffold->schema);
    data_set_text(arena, data, "table", scaffold->table);
    data_set_text(arena, data, "title", arena_printf(arena, "Create %s", scaffold->table));
    data_set_text(arena, data, "directory", scaffold->from_root);
    return data;
}

/* TABLE in the name of a template stands for the table, as far as a name of a file may hold it. */
static const char *path_of(struct scaffold *scaffold, const char *name)
{
    struct arena *arena = scaffold->run->arena;
    const char *token = strstr(name, "TABLE");
    char *table = arena_strdup(arena, scaffold->table);
    for (char *at = table; *at != '\0'; at++)
        if (!isalnum((unsigned char)*at) && (unsigned char)*at < 0x80)
            *at = '_';
    if (token != NULL)
        name = arena_printf(arena, "%.*s%s%s", (int)(token - name), name, table, token + strlen("TABLE"));
    return path_join(arena, scaffold->directory, name);
}

static int render(struct scaffold *scaffold, struct err *err)
{
    static const char folder[] = "service/";
    const struct data *data = data_of(scaffold);
    vec_each(file, &scaffold->templates.files) {
        struct str text = str_new(scaffold->run->arena);
        if (!str_starts(file->name, folder) || strstr(file->name, "/partials/") != NULL)
            continue;
        str_add(&text, "");
        if (template_set_render(&scaffold->templates, file->name, str_ends(file->name, ".sql") ? TEMPLATE_SQL : TEMPLATE_PLAIN,
                                data, &text, err) != 0)
            return -1;
        batch_create(&scaffold->batch, path_of(scaffold, file->name + strlen(folder)), text.at);
    }
    return 0;
}

static void print(const struct scaffold *scaffold)
{
    struct run *run = scaffold->run;
    struct json *document = json_log_document(run->arena), *files = json_list(run->arena);
    bool json = option_on(&run->options, OPTION_JSON);
    vec_each(file, &scaffold->batch.files) {
        json_add(files, json_text(run->arena, file->path));
        if (!json)
            printf("%s\n", relative_path(run->arena, file->path));
    }
    json_set_text(document, "service", scaffold->name);
    json_set_text(document, "schema", scaffold->schema);
    json_set(document, "files", files);
    if (json)
        json_log_print(run->arena, document);
}

int cmd_service(struct run *run, struct err *err)
{
    struct scaffold scaffold = {.run = run, .batch = new_migration_batch(run, NULL)};
    if (read_name(&scaffold, err) != 0 || read_table(&scaffold, err) != 0 || find_place(&scaffold, err) != 0 ||
        template_set_open(run->arena, &run->config, NULL, &scaffold.templates, err) != 0 ||
        render(&scaffold, err) != 0 || new_migration_write(run, &scaffold.batch, err) != 0)
        return -1;
    print(&scaffold);
    return 0;
}
