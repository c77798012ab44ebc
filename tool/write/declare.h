/*
 * Writing what migrations declare: entries in dependencies.json and environments.json, put in as the files are written.
 */
#ifndef WRITE_DECLARE_H
#define WRITE_DECLARE_H

#include "model/service.h"

/* Versions of another service. */
struct declare_cross {
    const char *service;
    struct strings versions;
};
VEC(declare_crosses, struct declare_cross);

/* What there is to say about a migration; a text that is NULL is not written. */
struct declare_entry {
    const char *version, *name;
    const char *description, *kind, *risk_level, *environment;
    bool rollback_unsafe;           /* rollback_safe: false is written */
    bool ordered;                   /* depends_on is written; false: the one before it is meant */
    struct strings depends_on;
    struct declare_crosses crosses;
    struct strings affects_tables;
};

/*
 * The text of dependencies.json with an entry more; `old` is what stands there, NULL for nothing.  The key is written as
 * the others are: with or without leading zeros, with or without the name; in the old short form where all are.
 * Errors: ERR_INPUT where it stands when the file cannot be read, or says something of that version already.
 */
int declare_dependency(struct arena *arena, const char *path, const char *old, const struct declare_entry *entry,
                       char **text, struct err *err);

/*
 * The text of dependencies.json with a release more: `name` ends with `version`.
 * Errors: ERR_INPUT where it stands when the file cannot be read.
 */
int declare_release(struct arena *arena, const char *path, const char *old, const char *name, const char *version,
                    char **text, struct err *err);

/*
 * The directory below that of the migrations in which an environment's own files are, as environments.json has it: the one
 * that it names, else that of its name.  *listed is whether its files are listed, too.
 * Errors: ERR_INPUT for a file that cannot be read, ERR_USAGE with the environments that there are.
 */
int declare_directory(struct arena *arena, const char *path, const char *text, const char *environment,
                      const char **directory, bool *listed, struct err *err);

/* The text of environments.json with a file more in the list of an environment. */
int declare_environment(struct arena *arena, const char *path, const char *old, const char *environment,
                        const char *file, char **text, struct err *err);

/*
 * The same of its seed files, at the place `number` of the list, which counts from 0; behind all others where it has fewer.
 */
int declare_seed(struct arena *arena, const char *path, const char *old, const char *environment, const char *file,
                 size_t number, char **text, struct err *err);

#endif
