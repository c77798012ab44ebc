/* What a migration can be generated from besides its name: one row for each parameter. */
#ifndef WRITE_PARAMETER_H
#define WRITE_PARAMETER_H

#include "base/vec.h"

enum parameter {
    PARAMETER_TABLE, PARAMETER_COLUMNS, PARAMETER_REFERENCES, PARAMETER_ON, PARAMETER_OBJECT, PARAMETER_VALUES,
    PARAMETER_OLD_NAME, PARAMETER_NEW_NAME, PARAMETER_ROLE, PARAMETER_PRIVILEGES, PARAMETER_BODY, PARAMETER_EXTENSION,
    PARAMETER_PARTITION_BY, PARAMETER_PARTITION, PARAMETER_EXPRESSION, PARAMETER_DEFAULT, PARAMETER_INDEX,
    PARAMETER_CONSTRAINT, PARAMETER_USING, PARAMETER_RETURNS, PARAMETER_ROWS, PARAMETER_DESCRIPTION,
    PARAMETERS
};

/* How a parameter's text is read. */
enum parameter_form {
    FORM_TEXT,        /* as it is */
    FORM_NAME,        /* a name, folded as PostgreSQL folds it */
    FORM_OBJECT,      /* [schema.]name */
    FORM_REFERENCE,   /* [schema.]table[(column)] */
    FORM_COLUMNS,     /* name:type:… , … */
    FORM_KEYS,        /* columns or expressions of an index */
    FORM_LIST,        /* texts with commas */
    FORM_PARTITION    /* write/partition_spec.h */
};

struct parameter_row {
    const char *name;         /* "old_name": in a type's parameters, and in the data for templates */
    const char *variable;     /* "OLD_NAME": to make */
    enum parameter_form form;
    const char *about;        /* a sentence */
};

extern const struct parameter_row parameter_rows[PARAMETERS];

/* PARAMETERS: there is none of that name. */
enum parameter parameter_find(const char *name);

void parameter_names(struct arena *arena, struct strings *names);

#endif
