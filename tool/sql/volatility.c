#include "sql/volatility.h"

#include "sql/functions.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ARGUMENTS 9

/* What the grammar itself spells, under the names that a call of it has here. */
static const struct function_row spelled[] = {
    {"current_catalog", 0, 99, 1, 0},
    {"current_date", 0, 99, 1, 0},
    {"current_role", 0, 99, 1, 0},
    {"current_time", 0, 99, 3, 0},
    {"current_timestamp", 0, 99, 3, 0},
    {"extract", 0, 99, 4, 0},
    {"localtime", 0, 99, 3, 0},
    {"localtimestamp", 0, 99, 3, 0},
    {"user", 0, 99, 1, 0},
};

/* Of extensions: uuid-ossp, pgcrypto, citext, unaccent, hstore, pg_uuidv7, pgx_ulid, postgis. */
static const struct function_row extensions[] = {
    {"crypt", 0, 99, 4, 0},
    {"digest", 0, 99, 4, 0},
    {"gen_monotonic_ulid", 0, 99, 1, 1},
    {"gen_random_bytes", 0, 99, 2, 2},
    {"gen_random_uuid", 0, 99, 1, 1},
    {"gen_salt", 0, 99, 6, 6},
    {"gen_ulid", 0, 99, 1, 1},
    {"generate_ulid", 0, 99, 1, 1},
    {"hmac", 0, 99, 8, 0},
    {"hstore", 0, 99, 6, 0},
    {"st_geomfromtext", 0, 99, 6, 0},
    {"st_makepoint", 0, 99, 28, 0},
    {"st_setsrid", 0, 99, 4, 0},
    {"unaccent", 0, 99, 6, 0},
    {"uuid_generate_v1", 0, 99, 1, 1},
    {"uuid_generate_v1mc", 0, 99, 1, 1},
    {"uuid_generate_v3", 0, 99, 4, 0},
    {"uuid_generate_v4", 0, 99, 1, 1},
    {"uuid_generate_v5", 0, 99, 4, 0},
    {"uuid_generate_v7", 0, 99, 1, 1},
    {"uuid_nil", 0, 99, 1, 0},
};

static int compare(const void *name, const void *row)
{
    return strcmp(name, ((const struct function_row *)row)->name);
}

static enum truth find(const struct function_row *rows, size_t count, const char *name, int arguments, int server)
{
    const struct function_row *found = bsearch(name, rows, count, sizeof(*rows), compare);
    unsigned arity = 1U << (arguments < MOST_ARGUMENTS ? arguments : MOST_ARGUMENTS);
    if (found == NULL)
        return TRUTH_UNKNOWN;
    while (found > rows && strcmp(found[-1].name, name) == 0)
        found--;
    for (; found < rows + count && strcmp(found->name, name) == 0; found++)
        if (server >= found->since && server <= found->until && (found->arities & arity) != 0)
            return truth_of((found->volatile_arities & arity) != 0);
    return TRUTH_UNKNOWN;
}

static int looked_at(int server)
{
    if (server < functions_oldest)
        return functions_oldest;
    return server > functions_newest ? functions_newest : server;
}

#define FIND(rows) find(rows, sizeof(rows) / sizeof(*(rows)), name, arguments, server)

enum truth volatility_of(const char *schema, const char *name, int arguments, int server_version)
{
    int server = looked_at(server_version);
    bool catalog = schema != NULL && strcmp(schema, "pg_catalog") == 0;
    enum truth found = TRUTH_UNKNOWN;
    if (arguments < 0)
        return found;
    if (catalog || schema == NULL)
        found = find(functions, functions_count, name, arguments, server);
    if ((catalog || schema == NULL) && found == TRUTH_UNKNOWN)
        found = FIND(spelled);
    return found == TRUTH_UNKNOWN && !catalog ? FIND(extensions) : found;
}
