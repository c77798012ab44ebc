/* The approaches: what is the default where nobody says otherwise, from bold to careful. */
#ifndef MODEL_STRATEGY_H
#define MODEL_STRATEGY_H

#include "model/config.h"

struct strategy {
    const char *name;             /* "careful" */
    const char *environment;      /* whose approach it is; NULL: of all that no row names */
    const char *values[SETTINGS]; /* NULL: no opinion */
};

extern const struct strategy strategies[]; /* ends with a row without name */

/* The approach of an environment: conservative for one that is not known. */
const struct strategy *strategy_of_environment(const char *environment);

/* By its name, which must be one of the table's. */
const struct strategy *strategy_get(const char *name);

#endif
