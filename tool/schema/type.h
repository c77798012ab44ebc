/* What a simulated schema holds besides relations: types, functions, namespaces. */
#ifndef SCHEMA_TYPE_H
#define SCHEMA_TYPE_H

#include "sql/action.h"
#include "sql/truth.h"

struct migration;
struct relation;
VEC(relation_refs, struct relation *);

enum type_kind { TYPE_ENUM, TYPE_DOMAIN, TYPE_COMPOSITE, TYPE_OTHER };

struct type {
    const char *schema, *name;
    enum type_kind kind;
    bool exists, complete;
    struct strings labels;        /* of an enum */
    struct strings new_labels;    /* added by ADD VALUE in the open transaction: not to be used before COMMIT */
    struct type_name base;        /* of a domain */
    bool constrained;             /* of a domain: NOT NULL or CHECK */
    const struct expression *default_value; /* of a domain, be it of the one that it was made of; NULL: none */
    struct relation_refs tables;  /* with columns of it, now or once */
    const char *definition;       /* of a domain or composite type, as in struct definition */
    const struct migration *created_by;
    size_t transaction;
};
VEC(type_refs, struct type *);

/* What is written of something behind its name; later changes are behind a semicolon. */
struct definition {
    const char *name;             /* of a trigger or policy; of a function the types of its arguments */
    const char *text;             /* NULL: not known */
    bool policy, procedure, dropped;
    const struct migration *created_by;
};
VEC(definitions, struct definition);

struct function {
    const char *schema, *name;
    bool exists;
    size_t overloads;
    enum truth is_volatile;       /* of any overload */
    bool running;                 /* its body is being applied */
    struct definitions definitions; /* of its overloads */
    struct actions body;          /* DDL and DML of its body, PLACE_BODY */
    const struct migration *created_by;
    size_t transaction;
};

VEC(function_refs, struct function *);

struct schema;
const struct function_refs *schema_functions(const struct schema *schema); /* all there ever were: skip those not `exists` */

struct schema_namespace {
    const char *name;
    bool exists;
    const struct migration *created_by;
    const char *comment;
};

#endif
