/*
 * What the repository declares: services, their migrations in one environment, and what depends on what.
 *
 * Values only, no connection.  A catalog is read once and then not changed.  File contents are not held
 * here; halves are read when they are needed.
 */
#ifndef MODEL_CATALOG_H
#define MODEL_CATALOG_H

#include "model/config.h"
#include "model/finding.h"

#include <stdbool.h>
#include <stdint.h>

enum direction { DIRECTION_UP, DIRECTION_DOWN };

struct service;

/* One half of a migration: a file of its own, or a part of one. */
struct half {
    const char *path;   /* as it is shown: relative to the working directory where that is shorter; NULL: no such half */
    size_t offset;      /* for a part: where its SQL begins in the file */
    size_t length;      /* of the part; SIZE_MAX for a whole file */
    int first_line;     /* of its SQL in the file, from 1 */
};

struct migration;
VEC(migration_refs, struct migration *);

/* What dependencies.json says about a migration; every text may be NULL. */
struct declaration {
    bool present;
    struct place place;             /* of the entry */
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

/* What environments.json says about the environment that was asked for. */
struct environment {
    const char *name;
    const char *description;
    struct strings seed_files;      /* as written: relative to the repository's root */
    struct strings known;           /* the names of all environments of the service */
    int allow_destructive, skip_validation, auto_rollback, require_approval, maintenance_window,
        backup_required;            /* -1: not said */
    struct place place;
};

/* What dependencies.json says about the service as a whole. */
struct global_config {
    long max_parallel_migrations;   /* -1: not said, here and below */
    int require_approval_for_high_risk, auto_backup_before_destructive, validate_after_migration;
    struct place place;
};

struct service {
    size_t number;                  /* position in catalog->services, from 0 */
    const char *name;               /* "user-service"; "default" for --migrations */
    const char *directory;          /* services/user-service; NULL for --migrations */
    const char *migrations_directory;
    const char *schema;             /* NULL for --migrations: the connection's own schema */
    struct config config;           /* the effective configuration of this service */
    struct environment environment;
    struct global_config global;
    struct migrations migrations;   /* sorted by version */
};
VEC(services, struct service *);

struct catalog {
    const struct config *config;
    bool plain;                     /* --migrations DIR: golang-migrate's behaviour, no services tree */
    struct services services;       /* sorted by name */
    struct migrations order;        /* every migration of every service in dependency order; equal ranks by
                                       version, then service name */
};

/*
 * Reads everything below the services path, or the one directory of --migrations.  All services are
 * read, since dependencies cross them.  What is wrong goes to findings (structure, dependencies,
 * environments, unknown keys); cycles are printed as cycles.  An environment that a service does not have
 * is a finding of kind ERR_USAGE.  -1 only for what leaves nothing to look at (no services directory,
 * unreadable root).
 */
int catalog_read(struct arena *arena, const struct config_options *options, const struct config *config,
                 struct catalog *catalog, struct findings *findings, struct err *err);

/* The service of that name; NULL in err's sense: ERR_USAGE with the known names and the nearest one. */
struct service *catalog_service(const struct catalog *catalog, const char *name, struct err *err);

struct migration *service_find(const struct service *service, uint64_t version); /* NULL when not there */

/* By "000004", "4", "000004_settings" or (unambiguous) "settings".  ERR_USAGE with the nearest when unknown. */
struct migration *service_get(const struct service *service, const char *reference, struct err *err);

const struct half *migration_half(const struct migration *migration, enum direction direction);

/* Fills err with ERR_INPUT: which half is missing and the file to create; -1. */
int migration_missing_half(const struct migration *migration, enum direction direction, struct err *err);

/*
 * The SQL text of a half, read now.  The file may have changed since the catalog was read: parts are
 * found again by their markers.
 * Errors: ERR_INPUT when the half does not exist ("000003_x has no down half"), with the file to add.
 */
int migration_read(struct arena *arena, const struct migration *migration, enum direction direction,
                   char **text, size_t *length, struct err *err);

/* SHA-256 in hex over the bytes of a half (empty for a missing one); the file is streamed. */
int migration_half_checksum(const struct migration *migration, enum direction direction, char hex[65],
                            struct err *err);

/* That of the up half: what the checksum column keeps. */
int migration_checksum(const struct migration *migration, char hex[65], struct err *err);

/* For sentences: "user-service 000004"; "000004" alone with --migrations. */
const char *migration_label(struct arena *arena, const struct migration *migration);

/* The declared facts as the metadata column keeps them (source A's structure), on one line. */
const char *declaration_json(struct arena *arena, const struct migration *migration);

#endif
