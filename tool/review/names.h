/* Names as the server gives them where a statement does not, and types as people write them. */
#ifndef REVIEW_NAMES_H
#define REVIEW_NAMES_H

#include "review/situation.h"

/* The index that is made, dropped or used; name NULL: none. */
struct object_name names_index(struct arena *arena, const struct situation *situation);

/* The constraint at hand: t_a_fkey, t_a_check, t_a_key, t_pkey where none is written; NULL: none. */
const char *names_constraint(struct arena *arena, const struct situation *situation);

/* "integer", "varchar(10)", "text[]" */
const char *names_type(struct arena *arena, const struct type_name *type);

#endif
