#include "write/seed_rows.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_WITHOUT_WORD = 10, MOST_ROWS = 10000 };

struct seed_column *seed_rows_column(const struct seed_rows *rows, const char *name)
{
    vec_each(column, &rows->columns)
        if (strcmp(column->column->name, name) == 0)
            return column;
    return NULL;
}

/* Rows go into tables, and only of a table that the migrations make is anything known. */
static int check_table(const struct generation *generation, struct err *err)
{
    const struct relation *table = generation->existing;
    if (table->kind != RELATION_TABLE)
        return err_set(err, ERR_USAGE, "TABLE: %s.%s is no table, so it holds no rows", table->schema, table->name);
    if (table->complete && table->columns.count > 0)
        return 0;
    err_set(err, ERR_USAGE, "TABLE: the migrations do not tell what columns %s.%s has", table->schema, table->name);
    return err_hint(err, "write its seed by hand");
}

static int read_count(struct generation *generation, struct err *err)
{
    const char *text = generation->parameters[PARAMETER_ROWS];
    char *end;
    generation->seed->count = text == NULL ? ROWS_WITHOUT_WORD : strtol(text, &end, 10);
    if (text == NULL || (*end == '\0' && generation->seed->count >= 1 && generation->seed->count <= MOST_ROWS))
        return 0;
    return err_set(err, ERR_USAGE, "ROWS: \"%s\" is no number of rows; expected 1 to %d", text, MOST_ROWS);
}

int seed_rows_read(struct generation *generation, struct err *err)
{
    if (!generation->type.makes_seeds || generation->existing == NULL)
        return 0;
    generation->seed = arena_new(generation->arena, struct seed_rows);
    if (check_table(generation, err) != 0)
        return -1;
    if (generation->parameters[PARAMETER_VALUES] == NULL)
        return read_count(generation, err) != 0 ? -1 : seed_rows_make(generation, err);
    if (generation->parameters[PARAMETER_ROWS] == NULL)
        return seed_rows_read_given(generation, err);
    return err_set(err, ERR_USAGE, "ROWS: with VALUES no rows are made up");
}
