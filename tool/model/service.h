/* A service: its directories, its configuration, its environment and its migrations. */
#ifndef MODEL_SERVICE_H
#define MODEL_SERVICE_H

#include "model/config.h"
#include "model/migration.h"
#include "model/release.h"

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
    struct releases releases;       /* the oldest first */
};
VEC(services, struct service *);

struct migration *service_find(const struct service *service, uint64_t version); /* NULL when not there */

/* By "000004", "4", "000004_settings" or (unambiguous) "settings".  ERR_USAGE with the nearest when unknown. */
struct migration *service_get(const struct service *service, const char *reference, struct err *err);

/* What a sentence calls it: its name; with --migrations, its directory. */
const char *service_shown(const struct service *service);

/* config.yaml or config/config.yaml of a service's directory; NULL when it has neither. */
const char *service_config_path(struct arena *arena, const char *directory);

#endif
