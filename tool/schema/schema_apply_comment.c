/* COMMENT ON, in a simulated schema: of tables and their like, of columns, of schemas. */
#include "schema/schema_relation.h"

static const char *text_of(const struct applying *applying)
{
    return applying->maybe ? NULL : schema_text(applying->schema, applying->action->text);
}

static void on_column(const struct applying *applying, struct relation *relation)
{
    struct column *column = relation_column(relation, applying->action->column);
    if (column != NULL)
        schema_put(applying->schema, column->comment, text_of(applying));
}

static void on_schema(const struct applying *applying)
{
    struct schema_namespace *namespace = map_find(&applying->schema->namespaces, applying->action->name.name);
    if (namespace != NULL)
        schema_put(applying->schema, namespace->comment, text_of(applying));
}

void apply_comment(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct relation *relation;
    if (action->name.name == NULL)
        return;
    if (action->object == OBJECT_SCHEMA)
        on_schema(applying);
    else if (action->object == OBJECT_COLUMN || action->object == OBJECT_TABLE || action->object == OBJECT_VIEW ||
             action->object == OBJECT_MATERIALIZED_VIEW || action->object == OBJECT_FOREIGN_TABLE) {
        relation = schema_relation(applying->schema, &action->name);
        if (relation != NULL && action->object == OBJECT_COLUMN)
            on_column(applying, relation);
        else if (relation != NULL)
            schema_put(applying->schema, relation->comment, text_of(applying));
    }
}
