/*
 * Every option is one row: its name, its other spellings, its environment variable, the setting it feeds.
 *
 * One parser reads them all.  `-x` and `--x` are the same for long names, as Go's flags have it; a value comes as
 * `--x=v` or `--x v`; options stand before or behind the command; `--` ends them; a negative number is never an
 * option.  Spellings of other tools are rows of option_synonyms, nothing else knows about them.
 * To add an option: a name in the enum, a row in option.c, and its name in the rows of the commands that take it.
 */
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include "base/err.h"
#include "base/vec.h"
#include "model/config.h"

#include <stdbool.h>

enum option {
    /* what and where */
    OPTION_SERVICE, OPTION_ENVIRONMENT, OPTION_DATABASE, OPTION_MIGRATIONS, OPTION_CONFIG, OPTION_SERVICES,
    OPTION_SCHEMA, OPTION_VERSION_TABLE,
    /* how a run behaves */
    OPTION_APPROACH, OPTION_REQUIRE_APPROVAL, OPTION_TIMEOUT, OPTION_WAIT, OPTION_TABLE_LOCK_TIMEOUT,
    OPTION_STATEMENT_TIMEOUT, OPTION_MAX_RETRIES, OPTION_RETRY_DELAY, OPTION_PREFETCH,
    /* what is printed, and consent */
    OPTION_YES, OPTION_JSON, OPTION_QUIET, OPTION_VERBOSE, OPTION_HELP, OPTION_VERSION, OPTION_COMMAND,
    /* of single commands */
    OPTION_DRY_RUN, OPTION_COUNT, OPTION_TO, OPTION_TO_RELEASE, OPTION_NEWER_SERVICES, OPTION_MIGRATION, OPTION_ALL,
    OPTION_CASCADE,
    OPTION_OUT_OF_ORDER, OPTION_DONE, OPTION_REDO, OPTION_EXIT_CODE, OPTION_ORDER, OPTION_DOT, OPTION_MERMAID,
    OPTION_NAME, OPTION_EXT, OPTION_DIR, OPTION_SEQ, OPTION_DIGITS, OPTION_FORMAT, OPTION_SERVER_VERSION, OPTION_TZ, OPTION_FILE,
    OPTION_CONFIRM, OPTION_FORCE, OPTION_MARKDOWN,
    /* of validate and what judges SQL */
    OPTION_ONLY, OPTION_IN_TRANSACTION, OPTION_SETUP, OPTION_FAIL_ON, OPTION_BASE, OPTION_STAGED, OPTION_STAMPS, OPTION_STAMP, OPTION_CONNECTED, OPTION_CHECK, OPTION_HTML,
    /* of generate; in the order of enum parameter from OPTION_TABLE on */
    OPTION_TYPE, OPTION_FOR, OPTION_TABLE, OPTION_COLUMNS, OPTION_REFERENCES, OPTION_ON, OPTION_OBJECT, OPTION_VALUES,
    OPTION_OLD_NAME, OPTION_NEW_NAME, OPTION_ROLE, OPTION_PRIVILEGES, OPTION_BODY, OPTION_EXTENSION,
    OPTION_PARTITION_BY, OPTION_PARTITION, OPTION_EXPRESSION, OPTION_DEFAULT, OPTION_INDEX, OPTION_CONSTRAINT,
    OPTION_USING, OPTION_RETURNS, OPTION_ROWS, OPTION_DESCRIPTION,
    OPTIONS
};

enum option_group {
    OPTION_GROUP_WHERE,   /* the first three mean something to every command … */
    OPTION_GROUP_RUN,
    OPTION_GROUP_OUTPUT,
    OPTION_GROUP_COMMAND, /* … these only to those that name them in their row */
    OPTION_GROUPS
};

struct option_row {
    const char *name;          /* without dashes */
    enum option_group group;
    const char *argument;      /* "URL", as help shows it; NULL: a flag */
    const char *variable;      /* the environment variable that stands for it; NULL: the setting's, or none */
    enum setting setting;      /* fed by it; SETTINGS: none */
    bool hidden;               /* not in help */
    const char *summary;
};

extern const struct option_row option_rows[OPTIONS];
extern const char *const option_group_names[OPTION_GROUPS];

struct option_synonym {
    const char *name;          /* without dashes */
    enum option option;
    const char *value;         /* what it stands for; NULL: takes a value as the option does */
    bool url;                  /* the value is a file: URL */
};

extern const struct option_synonym option_synonyms[]; /* ends with a row without name */

/* The command that is meant when none is named and an option is spelled like this; the first that fits. */
struct option_implied {
    const char *name, *command;
};

extern const struct option_implied option_implied[]; /* ends with a row without name */

/* What was given. */
struct options {
    const char *command;          /* as it was named, or implied; NULL: neither */
    struct strings arguments;     /* behind the command */
    const char *text[OPTIONS];    /* NULL: not given; a flag is "true" or "false" */
    const char *spelled[OPTIONS]; /* "--database-url", "SKEIN_YES": for messages */
};

/*
 * Reads the arguments of the program (without its name, NULL-terminated).
 * Errors: ERR_USAGE, with the nearest known option for an unknown one.
 */
int option_read(struct arena *arena, const char *const arguments[], struct options *options, struct err *err);

/*
 * Fills in from the environment what the command line did not say and `accepted` lists.  Empty counts as unset.
 * Errors: ERR_USAGE for a flag's variable that is neither true nor false.
 */
int option_read_environment(struct arena *arena, const bool accepted[OPTIONS], struct options *options,
                            struct err *err);

/* Was this flag given, and not as false? */
bool option_on(const struct options *options, enum option option);

/* The environment variable that stands for it: its own, or the nearest one of its setting; NULL: none. */
const char *option_variable(enum option option);

#endif
