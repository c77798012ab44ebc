/*
 * Types of migrations that can be generated: each is a file templates/migration/TYPE.yaml.
 *
 *   summary: a new table
 *   example: add_user_profiles      # a name that tells its parameters
 *   kind: table                     # migration_type in dependencies.json: table, index, data, schema (without it)
 *   existing_table: no              # must the table be there in the simulated schema: yes, no, either (without it)
 *   existing_columns: either        # and its columns: yes, no, either (without it)
 *   column_words: [default]         # what may stand behind a column besides its type; everything without it
 *   constraint: fkey                # what the name of its constraint ends with, where none is given
 *   object: view                    # what the object is: enum (which is there), view, schema (which are not), any
 *   parameters:                     # those that it takes (write/parameter.h)
 *     table: {required: yes, derive: "add_*|create_*|*", about: "the table"}
 *   migrations:                     # one or several, in the order in which they run
 *     - {suffix: "", up: table.up.sql, down: table.down.sql, transaction: yes, when: has_columns, unless: index, kind: data}
 *
 * In place of `migrations` there may be `seeds`: files for `skein seed`, each of one template.
 *
 *   seeds:
 *     - {suffix: "", rows: seed_rows.sql, when: seed, unless: values}
 *
 * `unless: NAME` of a parameter says that it is required only where NAME is not true in the data.
 *
 * `derive` says how a parameter is told from the migration's name: patterns, the first that fits counts.  `*` stands
 * for anything, and is the value where the pattern does not name it: "add_<columns>_to_<table>".
 * <columns:unique> puts the word behind the first column.
 */
#ifndef WRITE_MIGRATION_TYPE_H
#define WRITE_MIGRATION_TYPE_H

#include "write/parameter.h"
#include "write/template_set.h"

enum demand { DEMAND_EITHER, DEMAND_YES, DEMAND_NO };

/* What the parameter `object` names: an enum that is there, or something of the service's schema that is not. */
enum type_object { TYPE_OBJECT_ANY, TYPE_OBJECT_ENUM, TYPE_OBJECT_VIEW, TYPE_OBJECT_SCHEMA };

struct type_parameter {
    enum parameter parameter;
    bool required;
    const char *unless;        /* a name in the data: where it is true, the parameter is not required; NULL: none */
    struct strings derive;
    const char *about;
};
VEC(type_parameters, struct type_parameter);

struct type_step {
    const char *suffix;        /* of the name: "_validate" */
    const char *up, *down;     /* names of templates: "migration/table.up.sql"; of a seed `up` alone */
    const char *kind;          /* that of the type, where the step says none */
    bool transaction;
    bool rollback_safe;        /* false: going down does not bring back what was there, and the entry says so */
    const char *when, *unless; /* names in the data that must be true, and must not; NULL: none */
};
VEC(type_steps, struct type_step);

struct migration_type {
    const char *name, *summary, *example, *kind, *constraint;
    enum type_object object;
    enum demand existing_table, existing_columns;
    bool limits_words;         /* only column_words may stand behind a column; false: all words may */
    struct strings column_words;
    struct type_parameters parameters;
    bool makes_seeds;          /* the steps are seed files */
    struct type_steps steps;
};

/* Errors: ERR_USAGE with the types when there is none of that name; ERR_INPUT at a place of its file. */
int migration_type_read(struct template_set *set, const char *name, struct migration_type *type, struct err *err);

void migration_type_names(const struct template_set *set, struct strings *names);

/* NULL: the type does not take it. */
const struct type_parameter *migration_type_parameter(const struct migration_type *type, enum parameter parameter);

#endif
