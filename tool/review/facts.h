/* What conditions and messages take from a situation: the names and things that an action is about. */
#ifndef REVIEW_FACTS_H
#define REVIEW_FACTS_H

#include "review/situation.h"

/* The table, as written: of an index, trigger or policy its table; the parent of a partition that is attached. */
struct object_name facts_table(const struct situation *situation);

/* The parent of what becomes or was a partition, and the partition; name NULL where there is none. */
struct object_name facts_parent(const struct situation *situation);
struct object_name facts_partition(const struct situation *situation);

/* The column that is defined here: the part at hand, or that of ADD COLUMN; NULL: none. */
const struct column_def *facts_column_def(const struct situation *situation);

/* The name of the column that it is about; NULL: none. */
const char *facts_column(const struct situation *situation);

/* That column as it is in the table now; NULL: not known. */
const struct column *facts_known_column(const struct situation *situation);

/* DEFAULT as it is written here; NULL: none. */
const struct expression *facts_default(const struct situation *situation);

/* The type that is written here; NULL: none. */
const struct type_name *facts_type(const struct situation *situation);

/* The constraint that is defined here: the part at hand, or the only one; NULL: none. */
const struct constraint_def *facts_constraint_def(const struct situation *situation);

/* The constraint that VALIDATE, DROP or ALTER CONSTRAINT names, as it is in the table now; NULL: not known. */
const struct constraint *facts_known_constraint(const struct situation *situation);

/* The index that it is about: by its name, or by USING INDEX; NULL: not known. */
const struct relation *facts_index(const struct situation *situation);

/* Does it make the table that it is about? */
bool facts_makes_table(const struct situation *situation);

/* Made by the open transaction?  A name that is not known was there before, unless dynamic SQL ran. */
enum truth facts_name_is_new(const struct situation *situation, const struct object_name *name);

/* Can others see it: neither made by the open transaction nor temporary?  NULL counts as one that was there. */
bool facts_is_visible(const struct situation *situation, const struct relation *relation);

/* Yes when a truth of the touches, which lies at `member` in each, holds of any that others see; unknown: it may. */
enum truth facts_any_touch(const struct situation *situation, size_t member);

/* Does it write as many rows as a table has?  And the table and all that it reads: are they of the open transaction? */
enum truth facts_writes_many_rows(const struct situation *situation);
bool facts_works_on_own(const struct situation *situation);

/* The same name, as far as their schemas are written. */
bool facts_same_name(const struct object_name *one, const struct object_name *other);

/* Does it stand in the body of a function that is called here?  Offsets of its parts mean nothing then. */
bool facts_is_called(const struct situation *situation);

/* And of a function that a trigger is made for: it does not run here, but whenever the trigger fires. */
bool facts_is_fired_later(const struct situation *situation);

/* Does an earlier action belong to the same statement? */
bool facts_is_continued(const struct situation *situation);

#endif
