/* Generating migrations: what generate.c and the files generate_*.c share. */
#ifndef WRITE_GENERATING_H
#define WRITE_GENERATING_H

#include "base/str.h"
#include "write/generate.h"

/*
 * generate_derive.c: fills in the parameters that nobody gave and the migration's name tells; `unchecked` ones, too,
 * which the schema does not bear out.
 */
void generate_derive(struct generation *generation, bool unchecked);
struct strings generate_words(struct arena *arena, const char *name); /* of a migration's name, in small letters */

/* generate_read.c: the parameters as they were meant: names, columns, keys, tables.  Errors: ERR_USAGE. */
int generate_read(struct generation *generation, struct err *err);

/* generate_text.c: the parameters as texts, before they are taken apart.  Errors: ERR_USAGE. */
int generate_read_texts(struct generation *generation, struct err *err);

/* generate_find.c: a table of the simulated schema by a name that may lack its schema; NULL: not there. */
struct relation *generate_relation(const struct generation *generation, const struct object_name *name);

/* The same by the name's singular, too: *name becomes that of the table. */
struct relation *generate_relation_like(const struct generation *generation, struct object_name *name);

/* A column that is not dropped; NULL: not there. */
const struct column *generate_column(const struct relation *relation, const char *name);

/* The same for what an expression names: one of the server's own, and the row as a whole, count. */
bool generate_has_column(const struct relation *relation, const char *name);

/* Fails with ERR_USAGE and the nearest name of a table or of a column. */
int generate_no_table(const struct generation *generation, enum parameter parameter, const struct object_name *name,
                      struct err *err);
int generate_no_column(const struct generation *generation, enum parameter parameter, const struct relation *relation,
                       const char *name, struct err *err);

/* A type as it is written, with its schema where the migrations make it: names mean the same to every program then. */
const char *generate_type_text(const struct generation *generation, const char *text);

/* The columns of a table's primary key; of none: empty. */
struct strings generate_primary_key(const struct relation *relation);

/* What a name usually means: customer_id is a bigint. */
const char *generate_usual_type(const char *name);

/* generate_existing.c: a name, and schema.name, quoted where they must be. */
const char *generate_identifier(struct arena *arena, const char *name);
void generate_add_identifier(struct str *out, const char *name);
const char *generate_qualified(struct arena *arena, const char *schema, const char *name);

/* Is the column one of these? */
bool generate_names_column(const struct strings *columns, const char *name);

/* Definitions of what is there; NULL where the migrations do not tell all of it. */
const char *generate_constraint_sql(struct arena *arena, const struct constraint *constraint);
const char *generate_index_sql(struct arena *arena, const struct relation *table, const struct relation *index);

/*
 * generate_chain.c: the service's migrations, as they were written.  Every action that is a statement or a part of one,
 * with the statement's text; and the statements that make a view as it is, with its privileges and comments: none where
 * it is no plain view, or is not found.
 */
typedef void generate_visit(void *context, const struct action *action, const char *statement);
void generate_each_action(const struct generation *generation, generate_visit *visit, void *context);
struct strings generate_view_statements(const struct generation *generation, const struct relation *view);
struct strings generate_column_statements(const struct generation *generation, const struct relation *table,
                                          const char *column); /* COMMENT, GRANT */

/* Of type drop-column: does something that the migrations make keep PostgreSQL from dropping it?  Errors: ERR_USAGE. */
int generate_refuse_kept(const struct generation *generation, struct err *err);
bool generate_is_about(const struct object_name *name, const char *schema, const char *relation);

/* generate_enum.c, for templates: an enum and what depends on it. */
struct data *generate_enum_data(const struct generation *generation, const struct type *type);

/* Does an index that holds all rows begin with the column?  `table` may be NULL. */
bool generate_is_indexed(const struct relation *table, const char *column);

/* For templates: the table that is there, and a column of it (nothing without one). */
struct data *generate_existing_data(const struct generation *generation);
struct data *generate_old_column(const struct generation *generation, const char *name);

/*
 * generate_batch.c, for templates: what batches of the table's rows go by, and then whether new values of rows can be
 * written in batches.  Columns that cannot be given values in that way: ERR_USAGE.
 */
void generate_set_key(const struct generation *generation, struct data *map);
void generate_set_fill(const struct generation *generation, struct data *map);
int generate_refuse_fill(const struct generation *generation, struct err *err);

/*
 * generate_partitions.c, for templates: whether the table is partitioned, its partitions, and how its foreign keys come.
 * generate_tree is the partitioned table and all below it, itself first; of another table it is empty.
 */
struct relation_refs generate_tree(const struct generation *generation);
void generate_set_partitions(const struct generation *generation, struct data *map);

/* The parts of an index of a partitioned table, whose own name is `name`; nothing for another table. */
struct data *generate_index_tree(const struct generation *generation, const char *name, const struct strings *columns);

/*
 * generate_partition.c: the new partitions, which have to fit the table, beside those that it has; and for templates,
 * with the primary key that the table can have.  Errors: ERR_USAGE.
 */
int generate_read_partitions(struct generation *generation, struct err *err);
void generate_set_partition(const struct generation *generation, struct data *map);

/* generate_object.c: is the object there, or not there, as the type demands?  Errors: ERR_USAGE. */
int generate_check_object(const struct generation *generation, struct err *err);

/* For templates: the enum and what is of it, the code of a function, row security, and the two names of a column. */
void generate_set_object(const struct generation *generation, struct data *map);

/* generate_data.c: everything that templates may ask for, for one of the migrations. */
struct data *generate_data(struct generation *generation, const struct generate_migration *migration);

#endif
