#include "schema/schema_domain.h"

#include "base/str.h"
#include "schema/schema_relation.h"

/* NULL for what is no domain of the chain, and for arrays, to which a domain says nothing. */
static const struct type *domain_of(const struct schema *schema, const struct type_name *written)
{
    struct object_name name = {written->schema, written->name};
    if (written->name == NULL || written->dimensions > 0 || str_same(written->schema, "pg_catalog"))
        return NULL;
    const struct type *type = schema_type(schema, &name);
    return type != NULL && type->kind == TYPE_DOMAIN ? type : NULL;
}

enum truth schema_type_is_constrained(const struct schema *schema, const struct type_name *written)
{
    const struct type *domain = domain_of(schema, written);
    for (int depth = 0; domain != NULL && depth < 32; depth++) {
        if (domain->constrained)
            return TRUTH_YES;
        if (!domain->complete)
            return TRUTH_UNKNOWN;
        domain = domain_of(schema, &domain->base);
    }
    return domain == NULL ? TRUTH_NO : TRUTH_UNKNOWN;
}

const struct expression *schema_type_default(const struct schema *schema, const struct type_name *written)
{
    const struct type *domain = domain_of(schema, written);
    return domain == NULL ? NULL : domain->default_value;
}

/* The server copies the default of the domain below when a domain is made. */
void domain_define(const struct applying *applying, struct type *domain)
{
    const struct action *action = applying->action;
    domain->default_value = action->expression != NULL ? copy_expression(applying->schema->arena, action->expression)
                                                       : schema_type_default(applying->schema, &action->type);
}

/* What is dropped may have been one constraint of several: then the domain is still said to be constrained. */
void apply_alter_domain(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    struct type *domain = type_enter(schema, &action->name);
    if (domain == NULL)
        return;
    if (domain->kind == TYPE_OTHER)
        schema_put(schema, domain->kind, TYPE_DOMAIN);
    if (!applying->maybe)
        schema_put(schema, domain->definition, definition_more(schema, domain->definition, action->definition));
    if (action->kind == ACTION_ALTER_DOMAIN_ADD_CONSTRAINT || action->kind == ACTION_ALTER_DOMAIN_SET_NOT_NULL)
        schema_put(schema, domain->constrained, true);
    else if (action->kind == ACTION_ALTER_DOMAIN_DROP_NOT_NULL)
        schema_put(schema, domain->complete, false);
    else if (action->expression != NULL && !applying->maybe)
        schema_put(schema, domain->default_value, (const struct expression *)copy_expression(schema->arena, action->expression));
    else if ((action->flags & FLAG_RESET) && !applying->maybe)
        schema_put(schema, domain->default_value, NULL);
}
