/*
 * Generating migrations: a type, a name and parameters become SQL.
 *
 * generate_open tells what is missing from the name and from the simulated schema, and says how many migrations there
 * will be; whoever numbers them sets `version` of each; generate_render makes the texts.  Nothing is written here.
 */
#ifndef WRITE_GENERATE_H
#define WRITE_GENERATE_H

#include "write/clause.h"
#include "write/column_spec.h"
#include "write/migration_type.h"
#include "write/partition_spec.h"
#include "schema/schema.h"

struct generate_request {
    const struct catalog *catalog;
    const struct service *service;
    struct template_set *templates;
    const char *type, *name;
    const char *environment;  /* whose directory gets the files; NULL: all environments have them */
    const char *parameters[PARAMETERS];  /* NULL: not given */
};

/* A migration that comes out. */
struct generate_migration {
    const struct type_step *step;
    const char *version;     /* as the file name writes it; set between open and render */
    const char *name;        /* of the request, with the step's suffix */
    const char *up, *down;   /* SQL */
};
VEC(generate_migrations, struct generate_migration);

/* A column or an expression of an index. */
struct generate_key {
    const char *sql;         /* quoted where it must be */
    const char *column;      /* NULL: an expression */
};
VEC(generate_keys, struct generate_key);

struct seed_rows;
struct generation {
    struct arena *arena;
    const struct generate_request *request;
    struct migration_type type;
    struct schema *schema;                /* after all migrations of the service's database */
    const char *parameters[PARAMETERS];   /* given or derived; NULL: neither */
    struct object_name table, references, object;
    struct relation *existing, *referenced; /* as they are in the simulated schema; NULL: not there */
    const char *references_column;
    struct column_specs columns;
    struct partition_way way;             /* of the table, where partitions are to be made */
    struct partition_specs partitions;    /* new ones */
    struct generate_keys keys;
    const char *names[PARAMETERS];        /* of FORM_NAME: folded */
    struct seed_rows *seed;               /* of a type that makes seeds, for a table that is there; else NULL */
    struct generate_migrations migrations;
};

/*
 * The type and the simulated schema, and no look at the parameters yet: for who asks for them.
 * Errors: those of the type.
 */
int generate_begin(struct arena *arena, const struct generate_request *request, struct generation *generation,
                   struct err *err);

/* What the name tells of a parameter, beside those that the request has by now, and the schema bears out; or NULL. */
const char *generate_proposal(struct generation *generation, enum parameter parameter);

/* Can it be a value of the parameter, as far as that can be seen beside those that the request has by now?  Errors: ERR_USAGE. */
int generate_check_answer(const struct generation *generation, enum parameter parameter, const char *text, struct err *err);

/*
 * Errors: ERR_USAGE with the parameter, and what was expected; for a table or a column that is not there, with the
 * nearest name.
 */
int generate_open(struct arena *arena, const struct generate_request *request, struct generation *generation,
                  struct err *err);

/*
 * Errors: those of the templates, and ERR_INPUT when what a template made is no SQL, with the line of that.
 */
int generate_render(struct generation *generation, struct err *err);

/*
 * What is rendered, tried on the simulated schema and judged by the rules of validate; generation->schema is as before.
 * Errors: ERR_USAGE for what is in its way or missing there, and for what validate would call an error.
 */
int generate_prove(struct generation *generation, struct err *err);

/* The page of a rendered migration, by the template migration/page.md: a beginning, which `skein docs` goes on from. */
int generate_page(struct generation *generation, const struct generate_migration *migration, const char **text,
                  struct err *err);

/* The words of a name: add_user_profiles is "Add user profiles". */
const char *generate_title(struct arena *arena, const char *name);

/* The schema in which the service's objects are. */
const char *generate_schema(const struct generation *generation);

#endif
