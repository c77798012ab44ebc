#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/run.h"
#include "text/table.h"

#include <stdio.h>
#include <stdlib.h>

/* One line of the answer. */
struct shown {
    const char *value, *source;  /* value: NULL where it is unset */
    const char *origin;
    bool given;                  /* by anybody but a default */
};

/* libpq reads its own variables where nothing nearer is given. */
static struct shown show(const struct run *run, const struct config *config, enum setting setting)
{
    const struct value *value = &config->values[setting];
    const char *variable = setting_rows[setting].libpq, *text = variable == NULL ? NULL : getenv(variable);
    if (value->text != NULL || text == NULL || *text == '\0' || !config_has_database(config))
        return (struct shown){value->text != NULL ? config_shown(run->arena, config, setting) : NULL, value->source,
                              origin_name(value->origin), value->origin > ORIGIN_DEFAULT};
    return (struct shown){setting_rows[setting].secret ? "****" : text, variable, origin_name(ORIGIN_VARIABLE), true};
}

static void print_json(const struct run *run, const struct config *config)
{
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    json_set_text(document, "root", config->root);
    json_set_text(document, "file", config->file);
    for (size_t i = 0; i < SETTINGS; i++) {
        struct shown shown = show(run, config, (enum setting)i);
        struct json *object = json_object(run->arena);
        json_set_text(object, "name", setting_rows[i].name);
        json_set_text(object, "value", shown.value);
        json_set_text(object, "origin", shown.origin);
        json_set_text(object, "source", shown.source);
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
        struct shown shown = show(run, config, (enum setting)i);
        int row = table_row(table, -1);
        table_cell(table, row, 0, setting_rows[i].name, TONE_NONE);
        table_cell(table, row, 1, shown.value != NULL ? shown.value : "", TONE_NONE);
        table_cell(table, row, 2, shown.source != NULL ? shown.source : shown.origin,
                   shown.given ? TONE_STRONG : TONE_FAINT);
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
