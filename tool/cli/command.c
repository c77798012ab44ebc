#include "cli/command.h"
#include "cli/commands.h"

#define OPTIONS_OF(...) ((const enum option[]){__VA_ARGS__, OPTIONS})
#define NO_OPTIONS ((const enum option[]){OPTIONS})
#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

#define GENERATE_OPTIONS                                                                                          \
    OPTION_TABLE, OPTION_COLUMNS, OPTION_REFERENCES, OPTION_ON, OPTION_OBJECT, OPTION_VALUES, OPTION_OLD_NAME,       \
        OPTION_NEW_NAME, OPTION_ROLE, OPTION_PRIVILEGES, OPTION_BODY, OPTION_EXTENSION, OPTION_PARTITION_BY,         \
        OPTION_PARTITION, OPTION_EXPRESSION, OPTION_DEFAULT, OPTION_INDEX, OPTION_CONSTRAINT, OPTION_USING,          \
        OPTION_RETURNS, OPTION_ROWS, OPTION_DESCRIPTION

static const char move[] = "Change the database";
static const char look[] = "Look";
static const char make[] = "Write migrations";
static const char mend[] = "Repair";
static const char host[] = "Databases";
static const char about[] = "About skein";

const struct command commands[] = {
    {.name = "up", .group = move, .arguments = "[N]", .most = 1, .streams = true, .needs = NEED_CATALOG, .run = cmd_up,
     .options = OPTIONS_OF(OPTION_COUNT, OPTION_TO, OPTION_TO_RELEASE, OPTION_OUT_OF_ORDER, OPTION_DRY_RUN),
     .summary = "Apply what is pending: all of it, or the next N.",
     .text = "Migrations are applied in dependency order, across services unless --service names one. Each is one "
             "transaction together with its record; one that cannot be is applied statement by statement under a "
             "journal. The first failure stops the run; what was applied before it stays.\n"
             "--to V stops at a version of a service, --to-release 1.2.0 in each service where that release ends.\n"
             "Nothing pending is success (\"no change\"). Asked for N where there are fewer, up applies those and "
             "exits with 1."},
    {.name = "down", .group = move, .arguments = "[N]", .most = 1, .streams = true, .needs = NEED_CATALOG,
     .run = cmd_down, .options = OPTIONS_OF(OPTION_COUNT, OPTION_ALL, OPTION_TO, OPTION_TO_RELEASE, OPTION_NEWER_SERVICES, OPTION_CASCADE,
                                            OPTION_DRY_RUN),
     .summary = "Roll back the newest applied migration, or N of them.",
     .text = "In a repository of services down without N rolls back one migration.\n"
             "With --migrations DIR, where golang-migrate rolls back everything, down without N does so, too: it asks "
             "on a terminal, and elsewhere needs --all or --yes.\n"
             "--to V rolls back everything above V, --to-release 1.2.0 everything that came after that release. Asked for N where there are fewer, down rolls those back and "
             "exits with 1."},
    {.name = "goto", .group = move, .arguments = "V", .most = 1, .streams = true, .needs = NEED_CATALOG,
     .run = cmd_goto, .options = OPTIONS_OF(OPTION_TO, OPTION_TO_RELEASE, OPTION_NEWER_SERVICES, OPTION_OUT_OF_ORDER, OPTION_CASCADE,
                                            OPTION_DRY_RUN),
     .summary = "Go up or down to version V, or to a release.",
     .text = "Applies what is pending up to V, or rolls back what is applied above it. With --to-release 1.2.0 each service "
             "goes to where it stood at that release; what goes down goes first."},
    {.name = "rollback", .group = move, .arguments = "[ID]", .most = 1, .streams = true, .needs = NEED_CATALOG,
     .run = cmd_rollback, .options = OPTIONS_OF(OPTION_MIGRATION, OPTION_TO, OPTION_TO_RELEASE, OPTION_NEWER_SERVICES, OPTION_CASCADE,
                                                OPTION_DRY_RUN),
     .summary = "Roll back one migration, or to a version or release.",
     .text = "  skein rollback --migration 000004_settings --service user-service\n"
             "  skein rollback --to-version 3\n"
             "  skein rollback --to-release 1.2.0\n"
             "What other migrations still need is not rolled back: the answer names them. With --cascade they are "
             "rolled back first.\n"
             "A release takes each service back to where it stood then: to the end of its newest release that is not newer. "
             "A service without releases is left as it is. One whose first release is newer and which holds something stops "
             "it, until --newer-services says what becomes of that."},
    {.name = "redo", .group = move, .arguments = "[N]", .most = 1, .streams = true, .needs = NEED_CATALOG,
     .run = cmd_redo, .options = OPTIONS_OF(OPTION_COUNT, OPTION_MIGRATION, OPTION_CASCADE, OPTION_DRY_RUN),
     .summary = "Roll back the newest migration and apply it again.",
     .text = "For a migration that is still being written. With N the newest N, with --migration one of them."},
    {.name = "init", .group = move, .streams = true, .needs = NEED_CATALOG, .run = cmd_init, .options = NO_OPTIONS,
     .summary = "Create schemas and state tables.",
     .text = "up does it by itself. What golang-migrate recorded is taken over. Running it again changes nothing."},

    {.name = "status", .group = look, .needs = NEED_CATALOG, .run = cmd_status,
     .options = OPTIONS_OF(OPTION_EXIT_CODE),
     .summary = "Show what is applied, pending, or wrong.",
     .text = "States: applied, pending, out of order (pending, below the newest applied), failed, open (begun, its "
             "outcome not known), changed (applied, and the file was edited since), missing (applied, and there is "
             "no file).\n"
             "status reads only: it takes no lock and creates nothing."},
    {.name = "list", .group = look, .reads = true, .needs = NEED_CATALOG, .run = cmd_list, .options = NO_OPTIONS,
     .summary = "List the migrations in the files, without a database."},
    {.name = "plan", .group = look, .arguments = "[N]", .most = 1, .needs = NEED_CATALOG, .run = cmd_plan,
     .options = OPTIONS_OF(OPTION_COUNT, OPTION_TO, OPTION_TO_RELEASE, OPTION_OUT_OF_ORDER),
     .summary = "Show what up would do, and the plan's hash.",
     .text = "The hash names exactly these steps on this database in its present state. The plans of other commands "
             "are shown by their --dry-run."},
    {.name = "history", .group = look, .arguments = "[N]", .most = 1, .needs = NEED_CATALOG, .run = cmd_history,
     .options = OPTIONS_OF(OPTION_COUNT),
     .summary = "Show every attempt on record, newest first.",
     .text = "Failed ones and rollbacks, too. N limits the list."},
    {.name = "deps", .group = look, .reads = true, .needs = NEED_CATALOG, .run = cmd_deps,
     .options = OPTIONS_OF(OPTION_ORDER, OPTION_DOT, OPTION_MERMAID),
     .summary = "Show what depends on what.",
     .text = "As a tree in which each migration stands above those that it needs; --order gives the one order in "
             "which all services are applied."},
    {.name = "validate", .group = look, .reads = true, .arguments = "[FILE|-]...", .most = 100000, .needs = NEED_CONFIG,
     .run = cmd_validate, .options = OPTIONS_OF(OPTION_FORMAT, OPTION_SERVER_VERSION, OPTION_ONLY, OPTION_IN_TRANSACTION, OPTION_SETUP,
                                                OPTION_FAIL_ON, OPTION_BASE, OPTION_STAGED, OPTION_STAMPS, OPTION_STAMP, OPTION_CONNECTED),
     .summary = "Check files, dependencies and SQL, without a database.",
     .text = "Reads structure, environments.json, dependencies.json, configuration and SQL of every service. The chain "
             "of migrations is replayed on a simulated schema, and each statement is judged where it stands by the "
             "rules that `skein rules` lists. Prints each finding as file:line:column, and exits with 1 when one of "
             "them is an error. With files (- is standard input) only their SQL is checked, after that of --setup. "
             "--format is one of text, json, sarif, github, gitlab, tap. A comment `-- skein: ignore RULE why` before "
             "a statement silences a rule for it."},
    {.name = "locks", .group = look, .reads = true, .arguments = "FILE|-...", .most = 100000, .needs = NEED_CONFIG,
     .run = cmd_locks, .options = OPTIONS_OF(OPTION_SETUP, OPTION_SERVER_VERSION),
     .summary = "Tell which locks the statements of a file take.",
     .text = "For each statement the relations that it reaches, the lock on each, whom that keeps waiting, and whether "
             "rows are read or written again, and why. Files are taken one after the other, each in one transaction "
             "where up would send it so; what neither they nor --setup FILE made is unknown, and \"perhaps\" says so. The "
             "tests hold these answers against servers of PostgreSQL 13 to 18."},

    {.name = "rules", .group = look, .reads = true, .arguments = "[RULE]", .most = 1, .needs = NEED_CONFIG, .run = cmd_rules,
     .options = OPTIONS_OF(OPTION_FILE, OPTION_MARKDOWN),
     .summary = "List the safety rules of validate, or explain one.",
     .text = "As they are in force in the environment: those of skein, and over them what the repository says. RULE may "
             "be the name that squawk, eugene, strong_migrations or another tool has for it.\n"
             "--file FILE reads one more file of rules over them; what is wrong in it is said with line and column."},

    {.name = "docs", .group = make, .needs = NEED_CONFIG, .run = cmd_docs, .options = OPTIONS_OF(OPTION_CHECK, OPTION_CONNECTED, OPTION_HTML, OPTION_STAMPS),
     .summary = "Write pages about migrations and services.",
     .text = "For each migration what it does, in words, with its dependencies, risk, locks and rollback; for each service "
             "its migrations and its schema as it is after them; an index with graphs and a changelog. Pages lie beside "
             "the migrations, the index in docs/database (docs-path).\n"
             "Blocks between markers are written; what stands outside of them stays, and a file without markers is left "
             "alone. The same files give the same pages; a page that is as it should be is not touched. --check writes "
             "nothing, lists what is stale and exits with 1.\n"
             "With --html DIR the same as a static site that needs neither server nor network: graphs as pictures to "
             "click through, search, SQL, dark and light colours. DIR is skein's own: pages that are none any more go."},
    {.name = "create", .group = make, .arguments = "NAME", .most = 1, .needs = NEED_CONFIG, .run = cmd_create,
     .options = OPTIONS_OF(OPTION_NAME, OPTION_DIR, OPTION_EXT, OPTION_SEQ, OPTION_DIGITS, OPTION_FORMAT, OPTION_TZ,
                            OPTION_DRY_RUN),
     .summary = "Create an empty pair of migration files.",
     .text = "Numbered as the directory is: in sequence with as many digits, or by time. --seq, --digits and --format "
             "choose, as in golang-migrate. Two that create at once never get the same number; no file is ever "
             "overwritten. Prints the paths. Where all migrations are single files for both directions, it makes "
             "one of these; golang-migrate's options always make a pair."},
    {.name = "generate", .synonyms = NAMES("gen"), .group = make, .arguments = "NAME", .most = 1, .needs = NEED_CONFIG,
     .run = cmd_generate, .options = OPTIONS_OF(OPTION_NAME, OPTION_TYPE, OPTION_FOR, OPTION_SEQ, OPTION_DIGITS, OPTION_FORMAT,
                                                OPTION_TZ, OPTION_DRY_RUN, GENERATE_OPTIONS),
     .summary = "Generate a migration that is right as it stands.",
     .text = "Up and down files, a page in docs/, and the entry in dependencies.json. What the options do not say is told "
             "from the name and from what the migrations before it make: add_user_profiles, add_email_to_users, "
             "index_orders_customer. A type may make several migrations where one transaction would be unsafe.\n"
             "  skein generate add_orders --type table --columns total:int:not-null,note:text\n"
             "Type seed makes a file for `skein seed` instead: rows of a table for one environment, given or made up.\n"
             "  skein generate orders --type seed --for staging --rows 20\n"
             "`skein templates types` lists the types with their parameters; a repository's templates/ and a service's override "
             "them. On a terminal, what is missing is asked for. No file is ever overwritten; when something fails, "
             "nothing is left behind."},
    {.name = "service", .group = make, .arguments = "NAME", .most = 1, .needs = NEED_CONFIG, .run = cmd_service,
     .options = OPTIONS_OF(OPTION_NAME, OPTION_TABLE, OPTION_DRY_RUN), .summary = "Make a new service with its first table.",
     .text = "Directories, configuration, environments, the first migration and a README, from templates/service/; "
             "--table names the table. What comes out validates and migrates."},
    {.name = "templates", .group = make, .arguments = "list|types|show", .most = 2, .needs = NEED_CONFIG,
     .run = cmd_templates, .options = NO_OPTIONS,
     .summary = "List the templates, and where they come from.",
     .text = "A file of a repository's templates/ takes the place of the built-in one of the same name, and a service's "
             "(--service) that of both. types lists the types of migrations with their parameters; show NAME prints "
             "a template, as a beginning for one's own:\n"
             "  skein templates show migration/table.up.sql >templates/migration/table.up.sql"},
    {.name = "renumber", .group = make, .arguments = "[ID]", .most = 1, .needs = NEED_CONFIG, .run = cmd_renumber,
     .options = OPTIONS_OF(OPTION_MIGRATION, OPTION_BASE, OPTION_CONNECTED, OPTION_DIGITS, OPTION_DRY_RUN),
     .summary = "Give unapplied migrations new numbers after a merge.",
     .text = "Without ID all migrations of all services that only this branch has and whose number another one has, or whose "
             "number is below one of the base; in their order, behind all others. Halves, page, and what dependencies.json "
             "and environments.json say of them are renamed along. The base is --base, else origin/HEAD, main or master.\n"
             "Also while git waits in a merge for conflicts to be settled: where both branches wrote an entry or a page of "
             "one number, each migration gets its own, in place of git's marks.\n"
             "What is on the base is not renumbered, nor what is applied in the database that is configured; where that cannot "
             "be asked, renumber says so and goes on, but with --connected."},

    {.name = "release", .group = make, .arguments = "[NAME]", .most = 1, .needs = NEED_CONFIG, .run = cmd_release,
     .options = OPTIONS_OF(OPTION_NAME, OPTION_DRY_RUN),
     .summary = "List the releases, or make one of what there is.",
     .text = "  skein release 1.3.0\n"
             "A release is an entry in each service's dependencies.json: \"releases\": {\"1.3.0\": \"000007\"}, the migration "
             "that it ends with. With NAME every service that has migrations gets one, whether it changed or not; all files "
             "are written, or none. NAME is MAJOR.MINOR.PATCH and newer than the last one. --service makes a release of "
             "one service alone.\n"
             "Without NAME: where each service stands in each release, how many migrations that brings, and what is not "
             "released yet. up, rollback and goto take a release with --to-release."},

    {.name = "force", .group = mend, .arguments = "V", .most = 1, .streams = true, .needs = NEED_CATALOG,
     .run = cmd_force, .options = OPTIONS_OF(OPTION_TO),
     .summary = "Record that version V is applied, and run nothing.",
     .text = "For a database that was changed by hand or by golang-migrate. -1 records that nothing is applied."},
    {.name = "resolve", .group = mend, .arguments = "ID", .most = 1, .streams = true, .needs = NEED_CATALOG,
     .run = cmd_resolve, .options = OPTIONS_OF(OPTION_MIGRATION, OPTION_DONE, OPTION_REDO),
     .summary = "Decide about a statement whose outcome nobody knows.",
     .text = "A run that died inside a statement that cannot be in a transaction asks the catalog what became of it. "
             "Where the catalog cannot tell, it stops with exit code 9, and a person looks: --done says that it "
             "happened, --redo that it is to be run again."},

    {.name = "dev", .group = host, .arguments = "start|stop|status|url|psql|reset|run", .most = 64, .needs = NEED_CONFIG,
     .run = cmd_dev, .options = OPTIONS_OF(OPTION_EXIT_CODE),
     .summary = "Manage the private PostgreSQL of this repository.",
     .text = "It is what development uses where no database is configured, and starts by itself. It listens on a Unix "
             "socket only; its data are in .skein/ and survive. Started by root it runs as SKEIN_PG_USER, postgres or "
             "nobody; where that user cannot reach the repository, the data are below /var/lib/skein.\n"
             "url starts it where needed and prints an address that psql and golang-migrate understand. psql hands on "
             "what stands behind --. reset forgets the data and starts with an empty database.\n"
             "run -- COMMAND runs a program with DATABASE_URL leading to an empty throw-away server in memory, which is "
             "gone when the program ends, and exits as the program does: for tests."},
    {.name = "database", .synonyms = NAMES("db"), .group = host,
     .arguments = "create|drop|recreate|clean|connect|health|schema|tables|counts", .most = 64, .needs = NEED_CONFIG,
     .run = cmd_database, .options = OPTIONS_OF(OPTION_CONFIRM),
     .summary = "Create, drop or look at the database.",
     .text = "clean drops the services' schemas with all that is in them and leaves the rest; with --migrations it "
             "drops everything in the connection's current schema but what extensions brought. It is one transaction.\n"
             "drop, recreate and clean destroy data: outside development they want --confirm NAME, the database's "
             "name; in development they ask, unless it is the private server.\n"
             "health exits with 3 when the database cannot be reached, 4 when it is read-only, 9 when a migration "
             "was left half-way. counts counts every row, which takes its time on large tables."},
    {.name = "drop", .group = host, .needs = NEED_CONFIG, .run = cmd_drop,
     .options = OPTIONS_OF(OPTION_FORCE, OPTION_CONFIRM), .summary = "golang-migrate's: the same as database clean.",
     .text = "-f is golang-migrate's way of saying --yes."},
    {.name = "seed", .group = host, .needs = NEED_CATALOG, .run = cmd_seed, .options = OPTIONS_OF(OPTION_FORCE),
     .summary = "Load the seed files of the environment.",
     .text = "Those that environments.json lists, or seeds/ENVIRONMENT.sql and seeds/ENVIRONMENT/ of each service. A "
             "file is one transaction together with its row in seed_executions. One that has not changed is not run "
             "again, unless --force says so, or a migration that went down took all its rows along; a changed one is, so let "
             "it say ON CONFLICT."},

    {.name = "config", .group = about, .needs = NEED_CONFIG, .run = cmd_config, .options = NO_OPTIONS,
     .summary = "Show the configuration and where each value comes from.",
     .text = "Nearest wins: command line, environment variable, the service's file, the repository's file, default. "
             "With --service the values of that service. Secrets are masked."},
    {.name = "version", .group = about, .needs = NEED_NOTHING, .run = cmd_version, .options = NO_OPTIONS,
     .summary = "Print the version of skein, or of a database.",
     .text = "With --database or --migrations on the command line it is golang-migrate's version: the version that "
             "the database is at, \"(dirty)\" behind it where a migration was left half-way; on standard output. "
             "Otherwise, and always as --version, the versions of skein, libpq and libpg_query."},
    {.name = "help", .group = about, .arguments = "[COMMAND|TOPIC]", .most = 1, .needs = NEED_NOTHING, .run = cmd_help,
     .options = OPTIONS_OF(OPTION_MARKDOWN),
     .summary = "Explain a command or a topic.",
     .text = "skein COMMAND --help is the same as skein help COMMAND."},
    {.name = NULL},
};
