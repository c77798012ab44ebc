/* The table of settings: every one is a row, from which files, environment, options, help and reference are read. */
#ifndef MODEL_SETTING_H
#define MODEL_SETTING_H

#include <stdbool.h>

enum setting {
    SETTING_ENVIRONMENT,       /* development | staging | production | any name in environments.json */
    SETTING_APPROACH,          /* aggressive | careful | conservative; default by environment */
    SETTING_DATABASE_URL,      /* URL or key=value string of libpq; secret */
    SETTING_DIRECT_URL,        /* the same database without a pooler; what skein connects to where it is set; secret */
    SETTING_DATABASE_HOST,
    SETTING_DATABASE_PORT,
    SETTING_DATABASE_NAME,
    SETTING_DATABASE_USER,
    SETTING_DATABASE_PASSWORD, /* secret */
    SETTING_DATABASE_SSLMODE,
    SETTING_SERVICES_PATH,     /* where services live; "services" */
    SETTING_MIGRATIONS_PATH,   /* of a service: "migrations"; see catalog.h for when it is the directory itself */
    SETTING_SCHEMA,            /* of a service; default: its name with '_' for '-' */
    SETTING_VERSION_TABLE,     /* golang-migrate's table, when it is not where formats.md says */
    SETTING_TIMEOUT,           /* of one migration's transaction; milliseconds */
    SETTING_LOCK_TIMEOUT,      /* of a table lock, per statement; milliseconds */
    SETTING_STATEMENT_TIMEOUT, /* milliseconds; 0: none */
    SETTING_SERVER_VERSION,    /* the major version of the server that the SQL is for; 0: not said */
    SETTING_RULES,             /* files of safety rules, with commas; in YAML also a list, or a map (review/rule.h) */
    SETTING_WAIT,              /* for the migration lock; milliseconds */
    SETTING_MAX_RETRIES,
    SETTING_RETRY_DELAY,       /* first pause; milliseconds */
    SETTING_OUT_OF_ORDER,      /* allow pending versions below the newest applied one */
    SETTING_MAX_FILE_SIZE,     /* bytes; 32 MiB */
    SETTING_CHECKSUM_VALIDATION,
    SETTING_ROLLBACK_SAFETY,
    SETTING_CORRELATION_ID,
    SETTING_TRACE_ID,
    SETTING_USER_ID,
    SETTING_GRAFANA_ENDPOINT,
    SETTING_BACKUP,
    SETTING_VALIDATION,
    SETTING_MANUAL_APPROVAL,
    SETTING_DOCS_PATH,         /* of the index that `skein docs` writes; "docs/database" */
    SETTING_DOCS_TITLE,        /* of that index, and of the site */
    SETTING_DOCS_ENVIRONMENT,  /* whose schema the documentation shows where environments differ */
    SETTING_FAIL_ON,           /* the severity that fails a check, by environment; review/fail_on.h reads it */
    SETTINGS
};

enum setting_type { TYPE_TEXT, TYPE_BOOL, TYPE_INTEGER, TYPE_DURATION, TYPE_SIZE };

struct setting_row {
    const char *name;             /* "retry-delay": as in `skein config` and, with --, on the command line */
    enum setting_type type;
    bool secret;
    const char *variables[6];     /* environment variables, nearest first, NULL-terminated */
    const char *keys[8];          /* dotted keys in YAML, NULL-terminated: "migrations.options.lock_timeout" */
    const char *fallback;         /* built-in default as text; NULL: unset */
    const char *summary;          /* a sentence */
    const char *const *choices;   /* the words that are allowed, NULL-terminated; NULL: any */
    bool tree;                    /* may be a list or a map in YAML, which config_trees gives */
    const char *libpq;            /* the variable that libpq reads itself where this is unset; NULL: none */
};

extern const struct setting_row setting_rows[SETTINGS];

#endif
