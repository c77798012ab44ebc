#include "cli/reference.h"
#include "base/str.h"
#include "cli/help.h"
#include "cli/json_log.h"
#include "model/strategy.h"

#include <string.h>

/* '|' would end a cell. */
static void add_cell(struct str *page, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '|')
            str_add_char(page, '\\');
        str_add_char(page, *text);
    }
}

static void add_option(struct str *page, enum option option)
{
    const struct option_row *row = &option_rows[option];
    const char *variable = option_variable(option);
    str_addf(page, "| `--%s%s%s` | ", row->name, row->argument != NULL ? " " : "",
             row->argument != NULL ? row->argument : "");
    if (variable != NULL)
        str_addf(page, "`%s`", variable);
    str_add(page, " | ");
    add_cell(page, row->summary);
    str_add(page, " |\n");
}

static const char option_heading[] = "| option | variable | meaning |\n|---|---|---|\n";

static void add_command(struct str *page, const struct command *row)
{
    str_addf(page, "\n### skein %s\n\n%s\n", help_usage(page->arena, row), row->summary);
    if (row->text != NULL) {
        str_add(page, "\n");
        for (const char *line = row->text; *line != '\0';) {
            size_t length = strcspn(line, "\n");
            bool code = str_starts(line, "  ");
            str_add(page, code ? "  " : "");
            str_add_bytes(page, line, length);
            line += length + (line[length] == '\n');
            bool next_is_code = str_starts(line, "  ");
            str_add(page, *line == '\0' || (code && next_is_code) ? "\n" : "\n\n");
        }
    }
    bool any = false;
    for (const enum option *option = row->options; *option != OPTIONS; option++) {
        if (option_rows[*option].hidden)
            continue;
        str_addf(page, "%s%s", any ? "" : "\n", any ? "" : option_heading);
        add_option(page, *option);
        any = true;
    }
}

static void add_commands(struct str *page)
{
    const char *group = NULL;
    for (const struct command *row = commands; row->name != NULL; row++) {
        if (row->group == NULL)
            continue;
        if (group == NULL || strcmp(group, row->group) != 0)
            str_addf(page, "\n## %s\n", row->group);
        group = row->group;
        add_command(page, row);
    }
}

static void add_options(struct str *page)
{
    str_add(page, "\n## Options of every command\n\n"
                  "They stand before or behind the command, with one dash or two; `--x v` and `--x=v` are the same.\n\n");
    str_add(page, option_heading);
    for (size_t i = 0; i < OPTIONS; i++)
        if (option_rows[i].group != OPTION_GROUP_COMMAND && !option_rows[i].hidden)
            add_option(page, (enum option)i);
    str_add(page, "\n## Other spellings\n\n| spelling | stands for |\n|---|---|\n");
    for (const struct option_synonym *row = option_synonyms; row->name != NULL; row++)
        str_addf(page, "| `%s%s` | `--%s%s%s` |\n", row->name[1] == '\0' ? "-" : "--", row->name,
                 option_rows[row->option].name, row->value != NULL ? "=" : "", row->value != NULL ? row->value : "");
    str_add(page, "| `--command=NAME` | the command NAME |\n");
    for (const struct option_implied *row = option_implied; row->name != NULL; row++)
        str_addf(page, "| `--%s` and no command | `skein %s` with it |\n", row->name, row->command);
}

static void add_settings(struct str *page)
{
    str_add(page, "\n## Settings\n\nNearest wins: command line, environment variable, the service's file, the "
                  "repository's file, default.\n\n"
                  "| setting | variables | keys in YAML | default | meaning |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct setting_row *row = &setting_rows[i];
        str_addf(page, "| `%s` |", row->name);
        for (size_t v = 0; row->variables[v] != NULL; v++)
            str_addf(page, " `%s`", row->variables[v]);
        str_add(page, " |");
        for (size_t k = 0; row->keys[k] != NULL; k++)
            str_addf(page, " `%s`", row->keys[k]);
        str_addf(page, " | %s | ", row->fallback != NULL ? row->fallback : "");
        add_cell(page, row->summary);
        str_add(page, " |\n");
    }
}

/* The settings about which a strategy has an opinion. */
static void add_strategies(struct str *page)
{
    str_add(page, "\n## Strategies\n\nWhat `approach` makes the default, and the environments that have it without "
                  "being asked.\n\n| setting |");
    for (const struct strategy *row = strategies; row->name != NULL; row++)
        str_addf(page, " %s (%s) |", row->name, row->environment != NULL ? row->environment : "all others");
    str_add(page, "\n|---|---|---|---|\n");
    for (size_t i = 0; i < SETTINGS; i++) {
        if (strategies[0].values[i] == NULL)
            continue;
        str_addf(page, "| `%s` |", setting_rows[i].name);
        for (const struct strategy *row = strategies; row->name != NULL; row++)
            str_addf(page, " %s |", row->values[i]);
        str_add(page, "\n");
    }
}

static void add_events(struct str *page)
{
    str_add(page, "\n## Events\n\nWhat `--json` prints while a database is changed; `format`, `event` and `time` stand "
                  "in each. [Examples, errors and documents](events.md).\n\n");
    json_log_reference(page);
}

static void add_exit_codes(struct str *page)
{
    str_add(page, "\n## Exit codes\n\n| code | name | meaning |\n|---|---|---|\n");
    for (size_t i = 0; i < ERR_KINDS; i++)
        str_addf(page, "| %d | %s | %s |\n", err_kinds[i].exit_code, err_kinds[i].name, err_kinds[i].meaning);
}

char *reference_markdown(struct arena *arena)
{
    struct str page = str_new(arena);
    str_add(&page, "# Reference\n\nPrinted from skein's tables by `make docs-reference`; do not edit it by hand.\n");
    add_commands(&page);
    add_options(&page);
    add_settings(&page);
    add_strategies(&page);
    add_events(&page);
    add_exit_codes(&page);
    return page.at;
}
