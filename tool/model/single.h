/*
 * One file for both directions: SQL behind lines `-- +++++ UP` and `-- +++++ DOWN`.
 *
 * A marker stands on a line of its own; its word may be in any case, blanks and a CR at the end do not matter.
 * Before the first marker there are only comments, among them `-- Description: text`.
 */
#ifndef MODEL_SINGLE_H
#define MODEL_SINGLE_H

#include "base/str.h"
#include "model/migration.h"

struct single_part {
    bool found;
    int marker_line;
    size_t offset, length;   /* of the SQL in the file */
    int first_line;          /* of the SQL */
};

struct single {
    bool marked;             /* has a marker at all; without one the file is none of ours */
    struct single_part parts[2]; /* by enum direction */
    struct span description; /* of the header; empty when there is none */
};

/*
 * Finds the parts.  Errors: ERR_INPUT at the place: a marker missing (with the line to add), twice, of an
 * unknown word, or SQL before the first one.  A file without any marker is no error.
 */
int single_read(const char *path, const char *content, size_t length, struct single *single, struct err *err);

#endif
