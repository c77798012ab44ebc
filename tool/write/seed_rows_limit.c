/* What the CHECKs of a table say of the values of a column, as far as they are plain. */
#include "write/seed_rows.h"

#include "base/str.h"
#include "schema/schema_domain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool read_number(const char *text, long long *number)
{
    char *end;
    errno = 0;
    *number = text == NULL ? 0 : strtoll(text, &end, 10);
    return text != NULL && *text != '\0' && *end == '\0' && errno == 0;
}

static void raise(struct seed_limits *limits, long long least)
{
    if (!limits->has_least || limits->least < least)
        limits->least = least;
    limits->has_least = true;
}

static void lower(struct seed_limits *limits, long long most)
{
    if (!limits->has_most || limits->most > most)
        limits->most = most;
    limits->has_most = true;
}

static bool take_comparison(struct seed_limits *limits, const struct comparison *comparison)
{
    const char *operator = comparison->operator;
    long long number;
    if (strcmp(operator, "IS NOT NULL") == 0)
        return true;
    if ((strcmp(operator, "IN") == 0 || strcmp(operator, "=") == 0) && comparison->values.count > 0 &&
        limits->words.count == 0) {
        limits->words = comparison->values;
        return true;
    }
    if (comparison->values.count != 1 || !read_number(comparison->values.at[0], &number))
        return false;
    if (*operator == '>')
        raise(limits, number + (operator[1] == '\0'));
    else if (*operator == '<')
        lower(limits, number - (operator[1] == '\0'));
    else
        return false;
    return true;
}

/* A text that is made up is never empty. */
static bool forbids_the_empty(const struct expression *check, const char *column)
{
    size_t length = strlen(column);
    return check->text != NULL && strncmp(check->text, column, length) == 0 &&
           strcmp(check->text + length, " <> ''") == 0;
}

static void take_check(struct seed_limits *limits, const struct expression *check, const char *column)
{
    if (forbids_the_empty(check, column))
        return;
    limits->doubtful = limits->doubtful || check->opaque || !check->only_comparisons;
    vec_each(comparison, &check->all_of)
        if (strcmp(comparison->column, column) == 0 && !take_comparison(limits, comparison))
            limits->doubtful = true;
}

static bool mentions(const struct expression *check, const char *column)
{
    vec_each(name, &check->columns)
        if (strcmp(*name, column) == 0)
            return true;
    return check->opaque;
}

struct seed_limits seed_rows_limits(const struct generation *generation, const struct column *column,
                                    struct strings *doubts)
{
    struct seed_limits limits = {0};
    vec_each(constraint, &generation->existing->constraints) {
        const struct expression *check = constraint->check;
        if (constraint->kind != CONSTRAINT_CHECK || constraint->dropped || check == NULL || !mentions(check, column->name))
            continue;
        bool doubtful = limits.doubtful;
        limits.doubtful = false;
        take_check(&limits, check, column->name);
        if (limits.doubtful)
            *vec_add(generation->arena, doubts) = check->text != NULL ? check->text : constraint->name;
        limits.doubtful = limits.doubtful || doubtful;
    }
    if (column->type.name != NULL && schema_type_is_constrained(generation->schema, &column->type) != TRUTH_NO) {
        limits.doubtful = true;
        *vec_add(generation->arena, doubts) = arena_printf(generation->arena, "domain %s", column->type.name);
    }
    return limits;
}
