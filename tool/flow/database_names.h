/* Lists of names as the SQL of flow/database.h takes them: JSON texts. */
#ifndef FLOW_DATABASE_NAMES_H
#define FLOW_DATABASE_NAMES_H

#include "model/catalog.h"

/* The schemas of the services, each once. */
const char *database_schema_names(struct arena *arena, const struct catalog *catalog);

/* The version tables that services were configured with, as schema.table. */
const char *database_version_tables(struct arena *arena, const struct catalog *catalog);

#endif
