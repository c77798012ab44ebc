/* The order in which migrations may run, and the cycles that prevent one. */
#ifndef MODEL_GRAPH_H
#define MODEL_GRAPH_H

#include "model/catalog.h"

/*
 * Fills catalog->order and the migrations' numbers: dependencies first, equal ranks by version, then service
 * name.  Every cycle found is a finding ("000003 → 000005 → auth-service 000002 → 000003"); migrations in or
 * behind one come last, by version, so that they can still be listed.
 */
void graph_order(struct arena *arena, struct catalog *catalog, struct findings *findings);

#endif
