#include "base/file.h"
#include "cli/commands.h"
#include "cli/locks_view.h"
#include "sql/grammar.h"
#include "sql/script.h"
#include "text/source.h"

#include <string.h>

static int read_text(struct run *run, const char *name, struct locks_file *file, struct err *err)
{
    size_t limit = (size_t)config_number(&run->config, SETTING_MAX_FILE_SIZE);
    bool standard = strcmp(name, "-") == 0;
    char *text;
    if ((standard ? file_read_input(run->arena, limit, &text, &file->length, err)
                  : file_read(run->arena, name, limit, &text, &file->length, err)) != 0)
        return -1;
    file->path = standard ? "<standard input>" : name;
    file->text = text;
    struct source source = {file->path, text, file->length};
    return source_check(&source, err);
}

/* In one transaction where skein would send the file so. */
static int take(struct run *run, struct schema *schema, struct locks_file *file, bool told, struct err *err)
{
    struct action_faults faults = {0};
    struct source source = {file->path, file->text, file->length};
    struct script script;
    if (script_read(run->arena, file->path, 1, file->text, file->length, &script, err) != 0)
        return -1;
    if (script.mode == SCRIPT_TRANSACTION)
        schema_begin(schema);
    forecast_text(run->arena, schema, file->text, file->length, told ? &file->forecasts : NULL, &faults);
    if (script.mode == SCRIPT_TRANSACTION)
        schema_commit(schema);
    if (faults.count > 0)
        return source_fail(&source, faults.at[0].offset, err, "%s", faults.at[0].message);
    return 0;
}

static void open_schema(struct run *run, struct schema *schema)
{
    long long server = config_number(&run->config, SETTING_SERVER_VERSION);
    const char *name = config_text(&run->config, SETTING_SCHEMA);
    struct strings path = {0};
    if (name != NULL)
        *vec_add(run->arena, &path) = name;
    *vec_add(run->arena, &path) = "public";
    schema_init(schema, run->arena, &path, server > 0 ? (int)server : grammar_major);
}

/* Files are taken one after the other, as the sessions of one database. */
int cmd_locks(struct run *run, struct err *err)
{
    struct schema schema;
    struct locks_file setup;
    struct locks_files files = {0};
    const char *before = run->options.text[OPTION_SETUP];
    if (run->options.arguments.count == 0)
        return err_set(err, ERR_USAGE, "locks needs a file of SQL, or - for standard input");
    open_schema(run, &schema);
    if (before != NULL && (read_text(run, before, &setup, err) != 0 || take(run, &schema, &setup, false, err) != 0))
        return -1;
    vec_each(name, &run->options.arguments) {
        struct locks_file *file = vec_add(run->arena, &files);
        if (read_text(run, *name, file, err) != 0 || take(run, &schema, file, true, err) != 0)
            return -1;
    }
    if (option_on(&run->options, OPTION_JSON))
        locks_view_json(run, &files);
    else
        locks_view_table(run, &files);
    return 0;
}
