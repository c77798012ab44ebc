#include "pg/library.h"

#include <libpq-fe.h>

char *library_version(struct arena *arena)
{
    int number = PQlibVersion();
    return arena_printf(arena, "%d.%d", number / 10000, number % 10000);
}
