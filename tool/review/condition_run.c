/* Conditions about the run: server, environment, direction, and what the connected database says. */
#include "review/condition_rows.h"

#include <string.h>

static enum truth server(const struct situation *situation, const struct condition *condition)
{
    int version = situation->schema->server_version;
    return version == 0 ? TRUTH_UNKNOWN : number_compares(condition, version);
}

static enum truth environment(const struct situation *situation, const struct condition *condition)
{
    return truth_of(word_is(condition, config_text(situation->subject->config, SETTING_ENVIRONMENT)));
}

static enum truth direction(const struct situation *situation, const struct condition *condition)
{
    return truth_of((situation->subject->direction == DIRECTION_UP) == (strcmp(condition->word, "up") == 0));
}

static enum truth is_connected(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(situation->subject->sizes != NULL);
}

/* NULL: not connected, or no such table there. */
static const struct table_size *size_of(const struct situation *situation)
{
    struct object_name name = facts_table(situation);
    if (situation->relation != NULL)
        name = (struct object_name){situation->relation->schema, situation->relation->name};
    if (situation->subject->sizes != NULL && name.name != NULL)
        vec_each(size, situation->subject->sizes)
            if (facts_same_name(&size->name, &name))
                return size;
    return NULL;
}

static enum truth table_bytes(const struct situation *situation, const struct condition *condition)
{
    const struct table_size *size = size_of(situation);
    return size == NULL || size->bytes < 0 ? TRUTH_UNKNOWN : number_compares(condition, size->bytes);
}

static enum truth table_rows(const struct situation *situation, const struct condition *condition)
{
    const struct table_size *size = size_of(situation);
    return size == NULL || size->rows < 0 ? TRUTH_UNKNOWN : number_compares(condition, size->rows);
}

static const char *const directions[] = {"up", "down", NULL};

const struct condition_row run_conditions[] = {
    {.name = "server", .argument = ARGUMENT_NUMBER, .ask = server,
     .meaning = "the major version of the server that the SQL is for: `server >= 12`"},
    {.name = "environment", .argument = ARGUMENT_WORD, .ask = environment,
     .meaning = "the environment is that one: `environment production`"},
    {.name = "direction", .argument = ARGUMENT_WORD, .words = directions, .ask = direction,
     .meaning = "it stands in an up half, or in a down half"},
    {.name = "connected", .sizes = true, .ask = is_connected, .meaning = "a database was asked for the sizes of its tables"},
    {.name = "table-bytes", .sizes = true, .argument = ARGUMENT_NUMBER, .ask = table_bytes,
     .meaning = "the table takes so much there: `table-bytes > 100MB`; unknown without a database"},
    {.name = "table-rows", .sizes = true, .argument = ARGUMENT_NUMBER, .ask = table_rows,
     .meaning = "the table has about so many rows there: `table-rows > 10k`; unknown without a database"},
    {.name = NULL},
};
