/* A migration: two halves of SQL, what is declared about it, and what it needs. */
#ifndef MODEL_MIGRATION_H
#define MODEL_MIGRATION_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum direction { DIRECTION_UP, DIRECTION_DOWN };

/* One half of a migration: a file of its own, or a part of one. */
struct half {
    const char *path;   /* as it is shown: relative to the working directory where that is shorter; NULL: no such half */
    size_t offset;      /* for a part: where its SQL begins in the file */
    size_t length;      /* of the part; SIZE_MAX for a whole file */
    int first_line;     /* of its SQL in the file, from 1 */
};

struct service;
struct migration;
VEC(migration_refs, struct migration *);

/* Where a member stands in the file that an entry is in; line 0: it is not there. */
struct spot {
    int line, column;
};

/* What dependencies.json says about a migration; every text may be NULL. */
struct declaration {
    bool present;
    struct place place;             /* of the entry */
    const char *key;                /* of the entry, as written: "000002", "2_add_name" */
    const char *needs_key;          /* "depends_on" or "dependencies", whichever says the order; NULL: neither */
    bool short_form;                /* "000003": ["000001"] */
    struct spot risk_at, rollback_at, tables_at; /* of risk_level, rollback_safe, affects_tables */
    const char *description, *risk_level, *migration_type, *estimated_duration, *created_at, *environment;
    int rollback_safe;              /* -1: not said */
    struct strings affects_tables;
};

struct migration {
    struct service *service;
    uint64_t version;               /* 0 … 2^63-1 */
    const char *digits;             /* the version as the file name writes it */
    const char *name;               /* "create_users"; may be empty */
    const char *id;                 /* "000001_create_users", as stored in migration_executions.migration_id */
    const char *environment;        /* the environment whose directory or list brought it; NULL: base */
    struct half up, down;
    struct declaration declaration;
    struct migration_refs needs;    /* direct dependencies, other services' too; implied predecessor included */
    struct migration_refs needed_by;
    size_t number;                  /* position in catalog order (topological), from 0 */
};
VEC(migrations, struct migration *);

const struct half *migration_half(const struct migration *migration, enum direction direction);

/*
 * Is there nothing to run?  With --migrations a version of which only the down half exists is gone over on the way up,
 * as golang-migrate does: repositories hold such versions where somebody mistyped the number of one half.
 */
bool migration_is_empty(const struct migration *migration, enum direction direction);

/* Fills err with ERR_INPUT: which half is missing and the file to create; -1. */
int migration_missing_half(const struct migration *migration, enum direction direction, struct err *err);

/*
 * The SQL text of a half, read now.  The file may have changed since the catalog was read: parts are
 * found again by their markers.
 * Empty where migration_is_empty says so.
 * Errors: ERR_INPUT when the half does not exist ("000003_x has no down half"), with the file to add.
 */
int migration_read(struct arena *arena, const struct migration *migration, enum direction direction,
                   char **text, size_t *length, struct err *err);

/*
 * SHA-256 in hex over the bytes of a half, "" for a missing one; of no bytes where migration_is_empty says so.  The
 * file is streamed.
 */
int migration_half_checksum(const struct migration *migration, enum direction direction, char hex[65],
                            struct err *err);

/* That of the up half: what the checksum column keeps. */
int migration_checksum(const struct migration *migration, char hex[65], struct err *err);

/* For sentences: "user-service 000004"; "000004" alone with --migrations. */
const char *migration_label(struct arena *arena, const struct migration *migration);

/* The declared facts as the metadata column keeps them (source A's structure), on one line. */
const char *declaration_json(struct arena *arena, const struct migration *migration);

#endif
