/* How big the tables of services are, as their databases estimate it: what risks are weighed with. */
#ifndef FLOW_SIZES_H
#define FLOW_SIZES_H

#include "flow/target.h"
#include "review/subject.h"

/*
 * The tables of all targets, after targets_read.  A database that does not tell, for want of a right or of a
 * connection, leaves its tables out: their sizes are unknown.
 */
void sizes_read(struct arena *arena, struct targets *targets, struct table_sizes *sizes);

#endif
