/*
 * Renaming a column in two releases.
 *
 * The first generation makes a copy under the new name and a trigger that keeps both equal.  The second one lets the two
 * change names, so that the original has the new one, and takes the copy away; what is indexed under the copy's name is
 * indexed of the original before.  Each way down is as quick as the way up: the copy comes back empty, and is filled
 * outside of a transaction before the names change again.
 */
#ifndef WRITE_GENERATE_RENAME_H
#define WRITE_GENERATE_RENAME_H

#include "write/generate.h"

/* Is a column of the new name there, so that this is the second generation? */
bool generate_is_contract(const struct generation *generation);

/* Columns that a copy and a trigger cannot rename, and what would go with the copy.  Errors: ERR_USAGE. */
int generate_refuse_rename(const struct generation *generation, struct err *err);

/* generate_rename_copy.c: what hangs on the copy.  Errors: ERR_USAGE for what cannot be carried to the original. */
int generate_refuse_copy(const struct generation *generation, struct err *err);
void generate_set_copy(const struct generation *generation, struct data *map);

/* For templates: the names, the two roles of the trigger, and the indexes of the copy. */
void generate_set_rename(const struct generation *generation, struct data *map);

#endif
