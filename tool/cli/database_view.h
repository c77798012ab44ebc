/* What `skein database` shows, as tables and as JSON. */
#ifndef CLI_DATABASE_VIEW_H
#define CLI_DATABASE_VIEW_H

#include "cli/command.h"
#include "flow/database.h"
#include "model/state.h"

/* `states` may be NULL where there are no services. */
void database_view_health(const struct run *run, const struct database_facts *facts,
                          const struct service_state *const states[], size_t count);
void database_view_schemas(const struct run *run, const struct database_schemas *schemas);

/* `counted`: the rows are exact. */
void database_view_tables(const struct run *run, const struct database_tables *tables, bool counted);

/* One sentence, or {"database": name, `key`: truth}. */
void database_view_done(const struct run *run, const char *name, const char *key, bool truth, const char *sentence);

void database_view_dropped(const struct run *run, const char *name, const struct strings *dropped);

#endif
