/* Columns as people write them on a command line: email:text:not-null:unique,age:int:default=0. */
#ifndef WRITE_COLUMN_SPEC_H
#define WRITE_COLUMN_SPEC_H

#include "base/err.h"
#include "sql/definition.h"

#include <stdbool.h>

struct column_spec {
    const char *name;
    const char *type;                /* SQL as written; NULL: not written */
    bool not_null, unique, primary_key, index;
    const char *default_value;       /* SQL; NULL: none */
    struct object_name references;   /* name NULL: none */
    const char *references_column;   /* NULL: its primary key */
    const char *on_delete;           /* "CASCADE", "SET NULL" …; NULL: none */
};
VEC(column_specs, struct column_spec);

/*
 * `shown` is what errors call the parameter: "COLUMNS".
 * Errors: ERR_USAGE that names the column, and what was expected there.
 */
int column_specs_read(struct arena *arena, const char *shown, const char *text, struct column_specs *specs,
                      struct err *err);

#endif
