/* What a simulated schema proves: that a column holds no NULL, that a default is volatile. */
#include "base/str.h"
#include "schema/schema_change.h"
#include "sql/volatility.h"

#include <string.h>

/* NULL passes every check but IS NOT NULL. */
static bool says_not_null(const struct expression *check, const char *column)
{
    for (size_t i = 0; check != NULL && i < check->all_of.count; i++)
        if (str_same(check->all_of.at[i].column, column) && strcmp(check->all_of.at[i].operator, "IS NOT NULL") == 0)
            return true;
    return false;
}

/* As a word: "t_a_check" names the column a, and "table_check" does not. */
static bool names(const char *constraint, const char *column)
{
    size_t length = strlen(column);
    for (const char *at = strstr(constraint, column); length > 0 && at != NULL; at = strstr(at + 1, column))
        if ((at == constraint || at[-1] == '_') && (at[length] == '\0' || at[length] == '_'))
            return true;
    return false;
}

enum truth relation_proves_not_null(const struct schema *schema, const struct relation *relation, const char *column)
{
    const struct column *known = relation_column(relation, column);
    enum truth proven = TRUTH_NO;
    if (known != NULL && known->not_null == TRUTH_YES)
        return TRUTH_YES;
    vec_each(constraint, &relation->constraints) {
        if (constraint->dropped || constraint->valid != TRUTH_YES || schema->server_version < 12)
            continue;
        if (constraint->understood == TRUTH_NO)
            proven = names(constraint->name, column) ? TRUTH_UNKNOWN : proven;
        else if (constraint->kind == CONSTRAINT_CHECK && says_not_null(constraint->check, column))
            return TRUTH_YES;
    }
    return proven;
}

static enum truth call_is_volatile(const struct schema *schema, const struct call *call)
{
    struct object_name name = {call->schema, call->name};
    const struct function *function = schema_function(schema, &name);
    if (function != NULL)
        return function->is_volatile;
    return volatility_of(call->schema, call->name, call->arguments, schema->server_version);
}

enum truth schema_expression_is_volatile(const struct schema *schema, const struct expression *expression)
{
    if (expression == NULL || expression->constant)
        return TRUTH_NO;
    enum truth result = expression->opaque ? TRUTH_UNKNOWN : TRUTH_NO;
    vec_each(call, &expression->calls) {
        enum truth one = call_is_volatile(schema, call);
        if (one == TRUTH_YES)
            return one;
        if (one == TRUTH_UNKNOWN)
            result = one;
    }
    return result;
}
