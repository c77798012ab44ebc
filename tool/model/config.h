/*
 * Configuration: every setting is one row of a table, and every value knows where it came from.
 *
 * Nearest wins: command line, environment variable, the service's file, the repository's file, the
 * built-in default (of the environment's strategy, where it has one).  `skein config` prints the table.
 */
#ifndef MODEL_CONFIG_H
#define MODEL_CONFIG_H

#include "model/finding.h"
#include "model/setting.h"
#include "text/node.h"

#include <stdbool.h>
#include <stdint.h>

enum origin { ORIGIN_UNSET, ORIGIN_DEFAULT, ORIGIN_STRATEGY, ORIGIN_REPOSITORY, ORIGIN_SERVICE,
              ORIGIN_VARIABLE, ORIGIN_OPTION };

struct value {
    const char *text;        /* NULL: unset; of a choice or a truth the word of the table */
    long long number;        /* TYPE_BOOL (0, 1), TYPE_INTEGER, TYPE_DURATION (ms), TYPE_SIZE (bytes) */
    enum origin origin;
    const char *source;      /* "DATABASE_URL", "skein.yaml:4:3", "--timeout", "strategy careful"; NULL: unset, built in */
    struct place place;      /* when it comes from a file */
};

struct config {
    const char *root;        /* the repository's root, absolute; relative paths start here */
    const char *file;        /* the repository's file; NULL when there is none */
    const struct node *document; /* what stands in it; for config_read_service */
    struct value values[SETTINGS];
};

/* Values given on the command line: text by setting, NULL where not given. */
struct config_options {
    const char *text[SETTINGS];
    const char *config_path; /* --config: a file, or a directory that holds one; NULL: looked for */
    const char *directory;   /* where to start; NULL: the working directory */
};

/*
 * Finds the root (the nearest directory upwards that has skein.yaml, configs/migrations.yaml, a
 * services/ directory or .git; else the starting directory), reads the repository's file and the
 * environment, and lays the options over them.  An empty text counts as not given, but for an option.
 *
 * `${VAR}` and `${VAR:-default}` are replaced in the values that count; one without a value is an error
 * at its place.  An unknown key is a warning that suggests the nearest known one.
 *
 * A database URL stands for host, port, name and sslmode, too: these are unset then.  A host or a name that
 * lies nearer than the URL unsets the URL.  So a value that DATABASE_URL makes idle needs no ${VAR}.
 * A direct URL counts when it lies where the database does, or nearer: a farther one may be of another database.
 *
 * Errors: ERR_INPUT or ERR_USAGE (for an option's value) with the place.
 */
int config_read(struct arena *arena, const struct config_options *options, struct config *config,
                struct findings *findings, struct err *err);

/*
 * The same with a service's own file laid between repository and environment.  `path` may be NULL.
 * That file is mostly the application's own: only what stands below `database`, `migration` or `migrations`,
 * and `schema`, is read, and an unknown key is worth a warning only below these, or when it is nearly a known one.
 */
int config_read_service(struct arena *arena, const struct config_options *options,
                        const struct config *repository, const char *path, struct config *config,
                        struct findings *findings, struct err *err);

const char *config_text(const struct config *config, enum setting setting);      /* NULL: unset */
long long config_number(const struct config *config, enum setting setting);      /* 0: unset */
/* The lists and maps that the repository's file has for a setting that may be one (setting_row.tree). */
VEC(config_trees, const struct node *);
void config_trees(struct arena *arena, const struct config *config, enum setting setting, struct config_trees *trees);

bool config_is_development(const struct config *config);

/* Is any database named: a URL, a host or a name, here or in PGHOST, PGHOSTADDR, PGDATABASE or PGSERVICE? */
bool config_has_database(const struct config *config);

/* The value as it may be shown: "****" for a secret, a URL without its password. */
const char *config_shown(struct arena *arena, const struct config *config, enum setting setting);
const char *origin_name(enum origin origin);

#endif
