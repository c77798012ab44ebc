/* Everything that a rule's conditions may ask about: an action where it stands, on the schema as it is before it. */
#ifndef MODEL_SITUATION_H
#define MODEL_SITUATION_H

#include "model/config.h"
#include "model/effect.h"
#include "model/migration.h"
#include "model/schema.h"

/* Sizes of tables as the database tells them. */
struct table_size {
    struct object_name name;
    long long rows, bytes;        /* estimates of pg_class; -1: unknown */
};
VEC(table_sizes, struct table_size);

/* A text that is being judged. */
struct subject {
    const char *path;             /* for places */
    int first_line;               /* of the text in its file */
    const char *text;
    size_t length;
    const struct config *config;  /* environment, server version, timeouts */
    const char *service;          /* NULL: none */
    const struct migration *migration; /* NULL: a text of no service */
    enum direction direction;
    bool run_transaction;         /* skein runs the whole of it in one transaction */
    bool assumed_transaction;     /* --in-transaction yes: somebody else does */
    size_t statements;            /* in the text, without BEGIN and COMMIT */
    const struct actions *actions; /* all of them */
    const struct table_sizes *sizes; /* NULL: not connected */
};

struct situation {
    const struct subject *subject;
    const struct schema *schema;            /* before the action */
    const struct action *action;
    size_t number;                          /* of the action in subject->actions */
    const struct effect *effect;
    const struct column_def *column;        /* the part at hand, for rules with `each` */
    const struct constraint_def *constraint;
    size_t assignment;                      /* number in action->assigned_twice */
    struct relation *relation;              /* the table that it is about (of an index: its table); NULL: not known */
};

#endif
