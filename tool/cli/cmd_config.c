#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/run.h"
#include "text/table.h"

#include <stdio.h>

static void print_json(const struct run *run, const struct config *config)
{
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    json_set_text(document, "root", config->root);
    json_set_text(document, "file", config->file);
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct value *value = &config->values[i];
        struct json *object = json_object(run->arena);
        json_set_text(object, "name", setting_rows[i].name);
        json_set_text(object, "value",
                      value->text != NULL ? config_shown(run->arena, config, (enum setting)i) : NULL);
        json_set_text(object, "origin", origin_name(value->origin));
        json_set_text(object, "source", value->source);
        json_add(list, object);
    }
    json_set(document, "settings", list);
    json_log_print(run->arena, document);
}

static void print_table(const struct run *run, const struct config *config)
{
    static const struct table_column columns[] = {
        {"SETTING", TABLE_LEFT, false}, {"VALUE", TABLE_LEFT, true}, {"FROM", TABLE_LEFT, true}};
    struct table *table = table_open(columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct value *value = &config->values[i];
        int row = table_row(table, -1);
        bool given = value->origin > ORIGIN_DEFAULT;
        table_cell(table, row, 0, setting_rows[i].name, TONE_NONE);
        table_cell(table, row, 1,
                   value->text != NULL ? config_shown(run->arena, config, (enum setting)i) : "", TONE_NONE);
        table_cell(table, row, 2, value->source != NULL ? value->source : origin_name(value->origin),
                   given ? TONE_STRONG : TONE_FAINT);
    }
    table_close(table);
    if (option_on(&run->options, OPTION_QUIET))
        return;
    printf("\nroot: %s\nfile: %s\n", config->root, config->file != NULL ? config->file : "none");
}

/* A service has its own file, which the catalog knows. */
int cmd_config(struct run *run, struct err *err)
{
    const struct config *config = &run->config;
    if (run->options.text[OPTION_SERVICE] != NULL) {
        if (run_open(run, NEED_CATALOG | NEED_FINDINGS, err) != 0)
            return -1;
        config = &run->service->config;
    }
    if (option_on(&run->options, OPTION_JSON))
        print_json(run, config);
    else
        print_table(run, config);
    return 0;
}
