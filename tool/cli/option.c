#include "cli/option.h"
#include "base/str.h"

#define WHERE OPTION_GROUP_WHERE
#define RUN OPTION_GROUP_RUN
#define OUTPUT OPTION_GROUP_OUTPUT
#define COMMAND OPTION_GROUP_COMMAND
#define HIDDEN true
#define SHOWN false
#define NO_SETTING SETTINGS

const char *const option_group_names[OPTION_GROUPS] = {
    [OPTION_GROUP_WHERE] = "What and where",
    [OPTION_GROUP_RUN] = "How a run behaves",
    [OPTION_GROUP_OUTPUT] = "Output and consent",
    [OPTION_GROUP_COMMAND] = "Of single commands",
};

const struct option_row option_rows[OPTIONS] = {
    [OPTION_SERVICE] = {"service", WHERE, "NAME", "SKEIN_SERVICE", NO_SETTING, SHOWN,
                        "Only this service; all services without it."},
    [OPTION_ENVIRONMENT] = {"environment", WHERE, "NAME", NULL, SETTING_ENVIRONMENT, SHOWN,
                            "The environment whose migrations and rules count."},
    [OPTION_DATABASE] = {"database", WHERE, "URL", NULL, SETTING_DATABASE_URL, SHOWN,
                         "The database: a URL, or libpq's key=value text."},
    [OPTION_MIGRATIONS] = {"migrations", WHERE, "DIR", NULL, SETTING_MIGRATIONS_PATH, SHOWN,
                           "One directory of migrations and no services: as golang-migrate works."},
    [OPTION_CONFIG] = {"config", WHERE, "PATH", "SKEIN_CONFIG", NO_SETTING, SHOWN,
                       "The configuration file, or the directory that holds it."},
    [OPTION_SERVICES] = {"services-path", WHERE, "DIR", NULL, SETTING_SERVICES_PATH, SHOWN,
                         "The directory in which the services are."},
    [OPTION_SCHEMA] = {"schema", WHERE, "NAME", NULL, SETTING_SCHEMA, SHOWN,
                       "The schema of the service that --service names."},
    [OPTION_VERSION_TABLE] = {"version-table", WHERE, "TABLE", NULL, SETTING_VERSION_TABLE, SHOWN,
                              "golang-migrate's table, where it is not found by itself."},

    [OPTION_APPROACH] = {"approach", RUN, "NAME", NULL, SETTING_APPROACH, SHOWN,
                         "aggressive, careful or conservative; the environment's own without it."},
    [OPTION_REQUIRE_APPROVAL] = {"require-approval", RUN, NULL, NULL, SETTING_MANUAL_APPROVAL, SHOWN,
                                 "A person has to agree to the plan, whatever the environment says."},
    [OPTION_TIMEOUT] = {"timeout", RUN, "TIME", NULL, SETTING_TIMEOUT, SHOWN, "Of one migration's transaction: 30s, 5m."},
    [OPTION_WAIT] = {"wait", RUN, "TIME", NULL, SETTING_WAIT, SHOWN,
                     "How long to wait for another run to give up the migration lock."},
    [OPTION_TABLE_LOCK_TIMEOUT] = {"table-lock-timeout", RUN, "TIME", NULL, SETTING_LOCK_TIMEOUT, SHOWN,
                                   "How long a statement may wait for the lock on a table."},
    [OPTION_STATEMENT_TIMEOUT] = {"statement-timeout", RUN, "TIME", NULL, SETTING_STATEMENT_TIMEOUT, SHOWN,
                                  "How long a statement may take."},
    [OPTION_MAX_RETRIES] = {"max-retries", RUN, "N", NULL, SETTING_MAX_RETRIES, SHOWN,
                            "How often to try again after a passing fault."},
    [OPTION_RETRY_DELAY] = {"retry-delay", RUN, "TIME", NULL, SETTING_RETRY_DELAY, SHOWN,
                            "The pause before the first retry; each further one is longer."},
    [OPTION_PREFETCH] = {"prefetch", RUN, "N", NULL, NO_SETTING, SHOWN,
                         "Accepted because golang-migrate has it; it changes nothing."},

    [OPTION_YES] = {"yes", OUTPUT, NULL, "SKEIN_YES", NO_SETTING, SHOWN, "Answer every question with yes."},
    [OPTION_JSON] = {"json", OUTPUT, NULL, "SKEIN_JSON", NO_SETTING, SHOWN,
                     "Print JSON: one event a line from commands that change the database, one document from "
                     "all others."},
    [OPTION_QUIET] = {"quiet", OUTPUT, NULL, "SKEIN_QUIET", NO_SETTING, SHOWN,
                      "No progress and no remarks; results and errors only."},
    [OPTION_VERBOSE] = {"verbose", OUTPUT, NULL, "SKEIN_VERBOSE", NO_SETTING, SHOWN, "Say more."},
    [OPTION_HELP] = {"help", OUTPUT, NULL, NULL, NO_SETTING, SHOWN, "Explain the command."},
    [OPTION_VERSION] = {"version", OUTPUT, NULL, NULL, NO_SETTING, SHOWN,
                        "Print the version of skein and of its libraries."},
    [OPTION_COMMAND] = {"command", OUTPUT, "NAME", NULL, NO_SETTING, HIDDEN,
                        "The command, for callers that name it by an option."},

    [OPTION_DRY_RUN] = {"dry-run", COMMAND, NULL, "SKEIN_DRY_RUN", NO_SETTING, SHOWN,
                        "Show the plan and change nothing."},
    [OPTION_COUNT] = {"count", COMMAND, "N", "SKEIN_COUNT", NO_SETTING, SHOWN,
                      "How many migrations, where no argument says it."},
    [OPTION_TO] = {"to", COMMAND, "V", "SKEIN_TO", NO_SETTING, SHOWN,
                   "The version to arrive at; \"none\" is before the first one."},
    [OPTION_MIGRATION] = {"migration", COMMAND, "ID", "SKEIN_MIGRATION", NO_SETTING, SHOWN,
                          "One migration: 000004_settings, 000004, 4 or settings."},
    [OPTION_ALL] = {"all", COMMAND, NULL, NULL, NO_SETTING, SHOWN, "All applied migrations."},
    [OPTION_CASCADE] = {"cascade", COMMAND, NULL, "SKEIN_CASCADE", NO_SETTING, SHOWN,
                        "Roll back what depends on it as well, first."},
    [OPTION_OUT_OF_ORDER] = {"out-of-order", COMMAND, NULL, NULL, SETTING_OUT_OF_ORDER, SHOWN,
                             "Apply pending versions below the newest applied one, too."},
    [OPTION_DONE] = {"done", COMMAND, NULL, NULL, NO_SETTING, SHOWN, "The statement did happen: go on behind it."},
    [OPTION_REDO] = {"redo", COMMAND, NULL, NULL, NO_SETTING, SHOWN,
                     "The statement did not happen, or its traces are cleaned up: run it again."},
    [OPTION_EXIT_CODE] = {"exit-code", COMMAND, NULL, NULL, NO_SETTING, SHOWN,
                          "Exit with 1 when anything is not applied."},
    [OPTION_ORDER] = {"order", COMMAND, NULL, NULL, NO_SETTING, SHOWN, "As one list, in the order of applying."},
    [OPTION_DOT] = {"dot", COMMAND, NULL, NULL, NO_SETTING, SHOWN, "As text for Graphviz."},
    [OPTION_MERMAID] = {"mermaid", COMMAND, NULL, NULL, NO_SETTING, SHOWN, "As text for Mermaid."},
    [OPTION_NAME] = {"name", COMMAND, "NAME", "SKEIN_NAME", NO_SETTING, SHOWN,
                     "The name, where no argument says it."},
    [OPTION_EXT] = {"ext", COMMAND, "EXT", NULL, NO_SETTING, SHOWN, "The files' extension; sql without it."},
    [OPTION_DIR] = {"dir", COMMAND, "DIR", NULL, NO_SETTING, SHOWN, "Where to put the files."},
    [OPTION_SEQ] = {"seq", COMMAND, NULL, NULL, NO_SETTING, SHOWN, "Number in sequence: 000001, 000002."},
    [OPTION_DIGITS] = {"digits", COMMAND, "N", NULL, NO_SETTING, SHOWN, "Digits of a number in sequence."},
    [OPTION_FORMAT] = {"format", COMMAND, "FORMAT", NULL, NO_SETTING, SHOWN,
                       "Of validate: how findings are printed. Of create: number by time, as unix, unixNano or 20060102150405."},
    [OPTION_SERVER_VERSION] = {"server-version", COMMAND, "N", NULL, SETTING_SERVER_VERSION, SHOWN,
                               "The major version of PostgreSQL that the SQL is for."},
    [OPTION_TZ] = {"tz", COMMAND, "ZONE", NULL, NO_SETTING, SHOWN, "The time zone of --format; UTC without it."},
    [OPTION_FILE] = {"file", COMMAND, "FILE", "SKEIN_FILE", NO_SETTING, SHOWN, "The file to work with."},
    [OPTION_BASE] = {"base", COMMAND, "REF", "SKEIN_BASE", NO_SETTING, SHOWN,
                     "Compare with this branch or commit of git: a migration that is there may not be edited."},
    [OPTION_STAGED] = {"staged", COMMAND, NULL, NULL, NO_SETTING, SHOWN,
                       "Judge what is staged in git, as it would be committed, and only that."},
    [OPTION_STAMPS] = {"stamps", COMMAND, "DIR", NULL, NO_SETTING, SHOWN,
                       "For make: leave a stamp for each good service there, with a fragment of what it depends on."},
    [OPTION_STAMP] = {"stamp", COMMAND, "FILE", NULL, NO_SETTING, SHOWN,
                      "For make: the service of that stamp, unless nothing that it depends on has changed."},
    [OPTION_CONNECTED] = {"connected", COMMAND, NULL, "SKEIN_CONNECTED", NO_SETTING, SHOWN,
                          "Ask the database how large its tables are, and whether what was applied was edited since."},
    [OPTION_CONFIRM] = {"confirm", COMMAND, "NAME", "SKEIN_CONFIRM", NO_SETTING, SHOWN,
                        "The name of the database, as consent to losing what it holds."},
    [OPTION_FORCE] = {"force", COMMAND, NULL, "SKEIN_FORCE", NO_SETTING, SHOWN,
                      "Do it again although nothing changed; drop: without a question."},
    [OPTION_MARKDOWN] = {"markdown", COMMAND, NULL, NULL, NO_SETTING, HIDDEN,
                         "The whole reference as Markdown."},
    [OPTION_ONLY] = {"only", COMMAND, "RULE,...", NULL, NO_SETTING, SHOWN,
                     "Only these safety rules, whether they are on or off; `skein rules` lists them."},
    [OPTION_IN_TRANSACTION] = {"in-transaction", COMMAND, "yes/no", NULL, NO_SETTING, SHOWN,
                               "Somebody else runs the files: each in one transaction, or each statement alone. "
                               "Without it they are judged as skein runs them."},
    [OPTION_SETUP] = {"setup", COMMAND, "FILE", NULL, NO_SETTING, SHOWN, "SQL that ran before the files that are checked."},
    [OPTION_FAIL_ON] = {"fail-on", COMMAND, "SEVERITY", NULL, SETTING_FAIL_ON, SHOWN,
                        "The least severity that makes the exit code 1: error, warning, note or never."},
};

const struct option_synonym option_synonyms[] = {
    {.name = "f", .option = OPTION_FORCE},
    {.name = "h", .option = OPTION_HELP},
    {.name = "q", .option = OPTION_QUIET},
    {.name = "v", .option = OPTION_VERBOSE},
    {.name = "y", .option = OPTION_YES},
    {.name = "env", .option = OPTION_ENVIRONMENT},
    {.name = "database-url", .option = OPTION_DATABASE},
    {.name = "path", .option = OPTION_MIGRATIONS},
    {.name = "source", .option = OPTION_MIGRATIONS, .url = true},
    {.name = "lock-timeout", .option = OPTION_WAIT},
    {.name = "aggressive", .option = OPTION_APPROACH, .value = "aggressive"},
    {.name = "careful", .option = OPTION_APPROACH, .value = "careful"},
    {.name = "conservative", .option = OPTION_APPROACH, .value = "conservative"},
    {.name = "steps", .option = OPTION_COUNT},
    {.name = "to-version", .option = OPTION_TO},
    {.name = "target", .option = OPTION_TO},
    {.name = "rollback-to-version", .option = OPTION_TO},
    {.name = NULL},
};

const struct option_implied option_implied[] = {
    {"rollback-to-version", "rollback"},
    {"environment", "up"},
    {NULL, NULL},
};

const char *option_variable(enum option option)
{
    const struct option_row *row = &option_rows[option];
    return row->setting != NO_SETTING ? setting_rows[row->setting].variables[0] : row->variable;
}

bool option_on(const struct options *options, enum option option)
{
    return str_same(options->text[option], "true");
}
