/*
 * Pieces of SQL as people give them in a parameter: read with PostgreSQL's parser, so that what stands in a generated
 * file is what was meant and nothing more.
 *
 * Each returns NULL, or what is wrong as a part of a sentence: "is no type: syntax error at or near …".
 */
#ifndef WRITE_CLAUSE_H
#define WRITE_CLAUSE_H

#include "sql/action.h"

/* A name: folded, unless it stands in double quotes.  Hyphens and blanks are none of a name's. */
const char *clause_name(struct arena *arena, const char *text, const char **name);

/* [schema.]name */
const char *clause_object(struct arena *arena, const char *text, struct object_name *name);

/* A type as it may stand in CREATE TABLE, with nothing behind it. */
const char *clause_type(struct arena *arena, const char *text, struct type_name *type);

/* A column as CREATE TABLE has it, name and all; NULL: it is none. */
const struct column_def *clause_column(struct arena *arena, const char *text);

/* The expression of a DEFAULT. */
const char *clause_default(struct arena *arena, const char *text);

/* What an expression says; NULL: it is none. */
const struct expression *clause_expression(struct arena *arena, const char *text);

/* A condition, as of CHECK or WHERE. */
const char *clause_condition(struct arena *arena, const char *text);

/* A query, as of a view: one statement that returns rows. */
const char *clause_query(struct arena *arena, const char *text);

/* Is a quote in it closed? */
bool clause_is_closed(const char *text);

/* What an index is on: *column is the name where it is one, NULL for an expression. */
const char *clause_key(struct arena *arena, const char *text, const char **column);

/* "range (created_at)", behind PARTITION BY: 'r', and its columns; an expression is NULL among them. */
const char *clause_partition_by(struct arena *arena, const char *text, char *strategy, struct strings *columns);

/* table, or table(column); *column is NULL where none is written. */
const char *clause_reference(struct arena *arena, const char *text, struct object_name *table, const char **column);

/* The values of a row in parentheses; false: it has none. */
bool clause_row(struct arena *arena, const char *text, struct strings *values);

/* The parts between a separator, outside of parentheses, brackets and quotes, without blanks around them. */
struct strings clause_split(struct arena *arena, const char *text, char separator);

#endif
