/* What a database adds to validation, when it is asked for: how large tables are, and what was applied in another form. */
#ifndef FLOW_CONNECTED_H
#define FLOW_CONNECTED_H

#include "flow/event.h"
#include "model/catalog.h"
#include "review/subject.h"

/*
 * Reads the databases of all services, without lock and without writing.  The private server is used where it runs,
 * and not started.  `sizes` gets the tables of the services' schemas, by the server's estimates; `findings` an error
 * ("edited-after-applied") for each applied migration of which the file has another checksum than the one on record.
 * Errors: ERR_USAGE when no database is named and no private server runs; those of reading the state.
 */
int connected_look(struct arena *arena, const struct catalog *catalog, const struct events *events,
                   struct table_sizes *sizes, struct findings *findings, struct err *err);

#endif
