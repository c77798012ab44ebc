#include "cli/help.h"
#include "base/str.h"
#include "text/screen.h"

#include <string.h>

enum { WIDTH = 79, INDENT = 2, SUMMARY_AT = 24 };

/* A term and its explanation, side by side; the explanation starts on the next line behind a long term. */
static void add_pair(struct str *help, const char *term, const char *explanation)
{
    str_addf(help, "%*s%s", INDENT, "", term);
    size_t column = INDENT + screen_width(term);
    if (column + 2 > SUMMARY_AT)
        str_addf(help, "\n%*s", SUMMARY_AT, "");
    else
        str_addf(help, "%*s", (int)(SUMMARY_AT - column), "");
    screen_wrap(help, explanation, SUMMARY_AT, WIDTH);
    str_add(help, "\n");
}

static void add_option(struct str *help, enum option option)
{
    const struct option_row *row = &option_rows[option];
    const char *term = row->argument == NULL ? arena_printf(help->arena, "--%s", row->name)
                                             : arena_printf(help->arena, "--%s %s", row->name, row->argument);
    add_pair(help, term, row->summary);
}

char *help_usage(struct arena *arena, const struct command *command)
{
    if (command->arguments == NULL)
        return arena_strdup(arena, command->name);
    return arena_printf(arena, "%s %s", command->name, command->arguments);
}

/* Rows of one group stand together in the table. */
static void add_commands(struct str *help)
{
    const char *group = NULL;
    for (const struct command *row = commands; row->name != NULL; row++) {
        if (row->group == NULL)
            continue;
        if (group == NULL || strcmp(group, row->group) != 0)
            str_addf(help, "\n%s\n", row->group);
        group = row->group;
        add_pair(help, help_usage(help->arena, row), row->summary);
    }
}

char *help_overview(struct arena *arena)
{
    static const enum option first[] = {OPTION_SERVICE, OPTION_ENVIRONMENT, OPTION_DATABASE, OPTION_MIGRATIONS,
                                        OPTION_YES, OPTION_JSON, OPTION_QUIET, OPTION_VERBOSE};
    struct str help = str_new(arena);
    str_add(&help, "skein moves the PostgreSQL schemas of many services together.\n\n"
                   "Usage: skein [OPTIONS] COMMAND [ARGUMENTS]\n");
    add_commands(&help);
    str_add(&help, "\nOptions\n");
    for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
        add_option(&help, first[i]);
    str_add(&help, "\nMore\n");
    add_pair(&help, "help COMMAND", "What a command does, and its own options.");
    for (const struct help_topic *topic = help_topics; topic->name != NULL; topic++)
        add_pair(&help, arena_printf(arena, "help %s", topic->name), topic->summary);
    return help.at;
}

static void add_synonyms(struct str *help, const struct command *command)
{
    if (command->synonyms == NULL)
        return;
    str_add(help, "\nAlso called");
    for (const char *const *synonym = command->synonyms; *synonym != NULL; synonym++)
        str_addf(help, "%s %s", synonym == command->synonyms ? "" : ",", *synonym);
    str_add(help, "\n");
}

char *help_command(struct arena *arena, const struct command *command)
{
    struct str help = str_new(arena);
    str_add(&help, "Usage: ");
    screen_wrap(&help, arena_printf(arena, "skein [OPTIONS] %s", help_usage(arena, command)), 7, WIDTH);
    str_add(&help, "\n\n");
    screen_wrap(&help, command->summary, 0, WIDTH);
    str_add(&help, "\n");
    if (command->text != NULL) {
        str_add(&help, "\n");
        screen_wrap(&help, command->text, 0, WIDTH);
        str_add(&help, "\n");
    }
    add_synonyms(&help, command);
    bool any = false;
    for (const enum option *option = command->options; *option != OPTIONS; option++) {
        if (option_rows[*option].hidden)
            continue;
        str_add(&help, any ? "" : "\nOptions\n");
        add_option(&help, *option);
        any = true;
    }
    str_addf(&help, "\nskein help options lists the options that every command has.\n");
    return help.at;
}

static void add_other_spellings(struct str *help)
{
    str_add(help, "\nOther spellings\n");
    for (const struct option_synonym *row = option_synonyms; row->name != NULL; row++) {
        const struct option_row *option = &option_rows[row->option];
        const char *meaning = row->value != NULL ? arena_printf(help->arena, "--%s=%s", option->name, row->value)
                                                 : arena_printf(help->arena, "--%s", option->name);
        add_pair(help, arena_printf(help->arena, "%s%s", row->name[1] == '\0' ? "-" : "--", row->name), meaning);
    }
}

static void print_options(struct str *help)
{
    screen_wrap(help, "Options stand before or behind the command, with one dash or two: --database URL, "
                      "--database=URL and -database URL are the same. A flag can be switched off: --json=false. "
                      "-- ends the options. A negative number is never an option.\n"
                      "Other users of the machine can read a password on the command line; DATABASE_URL or a file "
                      "keeps it to yourself.", 0, WIDTH);
    str_add(help, "\n");
    for (enum option_group group = 0; group < OPTION_GROUPS; group++) {
        str_addf(help, "\n%s\n", option_group_names[group]);
        for (size_t i = 0; i < OPTIONS; i++)
            if (option_rows[i].group == group && !option_rows[i].hidden)
                add_option(help, (enum option)i);
    }
    add_other_spellings(help);
}

static void print_exit_codes(struct str *help)
{
    str_add(help, "The exit code says how it ended.\n\n");
    for (size_t i = 0; i < ERR_KINDS; i++)
        add_pair(help, arena_printf(help->arena, "%3d  %s", err_kinds[i].exit_code, err_kinds[i].name),
                 err_kinds[i].meaning);
}

static void print_environment(struct str *help)
{
    screen_wrap(help, "Each variable stands for an option or a setting; the command line wins over it, and empty "
                      "counts as unset. skein config shows what is in force.", 0, WIDTH);
    str_add(help, "\n\nOptions\n");
    for (size_t i = 0; i < OPTIONS; i++)
        if (option_rows[i].variable != NULL)
            add_pair(help, option_rows[i].variable, arena_printf(help->arena, "--%s", option_rows[i].name));
    str_add(help, "\nSettings\n");
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct setting_row *row = &setting_rows[i];
        for (size_t v = 0; v < sizeof(row->variables) / sizeof(row->variables[0]) && row->variables[v] != NULL; v++)
            add_pair(help, row->variables[v], row->name);
    }
    str_add(help, "\nOther\n");
    add_pair(help, "NO_COLOR", "No colours, when it is not empty.");
    add_pair(help, "SKEIN_PG_BIN", "Where the programs of PostgreSQL are, for the private server.");
    add_pair(help, "PG*", "libpq's own, such as PGHOST and PGPASSFILE, where nothing nearer is given.");
}

const struct help_topic help_topics[] = {
    {"exit-codes", "How each way of failing ends the program.", print_exit_codes},
    {"environment", "The environment variables that are read.", print_environment},
    {"options", "All options, and other tools' spellings of them.", print_options},
    {NULL, NULL, NULL},
};

const struct help_topic *help_find_topic(const char *name)
{
    for (const struct help_topic *topic = help_topics; topic->name != NULL; topic++)
        if (strcmp(topic->name, name) == 0)
            return topic;
    return NULL;
}
