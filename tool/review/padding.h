/* Bytes that a row wastes between its columns, since each type begins at a multiple of its alignment. */
#ifndef REVIEW_PADDING_H
#define REVIEW_PADDING_H

#include "sql/definition.h"

/*
 * Of columns in this order, as far as their types have a fixed length (pg_type.typlen, typalign).  Behind a text or
 * another type of variable length nothing is known, and nothing is counted.
 */
size_t padding_of(const struct column_defs *columns);

#endif
