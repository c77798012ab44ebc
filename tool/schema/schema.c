#include "schema/schema.h"

#include "schema/schema_relation.h"

static struct strings path_of(struct schema *schema, const struct strings *names)
{
    struct strings path = names == NULL ? (struct strings){0} : copy_strings(schema->arena, names);
    if (path.count == 0)
        *vec_add(schema->arena, &path) = "public";
    return path;
}

void schema_init(struct schema *schema, struct arena *arena, const struct strings *search_path, int server_version)
{
    *schema = (struct schema){.arena = arena, .server_version = server_version, .transaction = 1};
    schema->log = arena_new(arena, struct schema_log);
    schema->search_path = path_of(schema, search_path);
    schema->default_path = schema->log->session_path = schema->search_path;
    namespace_make(schema, "public");
}

/* What an action does to the schema itself; the functions that it calls come before. */
static apply_action *const rows[ACTION_KINDS] = {
    [ACTION_CREATE_TABLE] = apply_create_table,
    [ACTION_CREATE_TABLE_AS] = apply_create_table_as,
    [ACTION_CREATE_VIEW] = apply_create_view,
    [ACTION_CREATE_MATERIALIZED_VIEW] = apply_create_view,
    [ACTION_CREATE_FOREIGN_TABLE] = apply_create_table,
    [ACTION_CREATE_SEQUENCE] = apply_create_sequence,
    [ACTION_CREATE_INDEX] = apply_create_index,
    [ACTION_CREATE_SCHEMA] = apply_create_schema,
    [ACTION_CREATE_ENUM] = apply_create_type,
    [ACTION_CREATE_DOMAIN] = apply_create_type,
    [ACTION_CREATE_TYPE] = apply_create_type,
    [ACTION_CREATE_FUNCTION] = apply_create_function,
    [ACTION_CREATE_TRIGGER] = apply_create_attached,
    [ACTION_CREATE_RULE] = apply_mention_table,
    [ACTION_CREATE_POLICY] = apply_create_attached,
    [ACTION_CREATE_STATISTICS] = apply_create_statistics,
    [ACTION_CREATE_EXTENSION] = apply_create_extension,
    [ACTION_DROP] = apply_drop,
    [ACTION_DROP_OWNED] = apply_unknown,
    [ACTION_ADD_COLUMN] = apply_add_column,
    [ACTION_DROP_COLUMN] = apply_drop_column,
    [ACTION_ALTER_COLUMN_TYPE] = apply_column_type,
    [ACTION_SET_DEFAULT] = apply_set_default,
    [ACTION_DROP_DEFAULT] = apply_drop_default,
    [ACTION_SET_NOT_NULL] = apply_set_not_null,
    [ACTION_DROP_NOT_NULL] = apply_drop_not_null,
    [ACTION_DROP_EXPRESSION] = apply_expression,
    [ACTION_SET_EXPRESSION] = apply_expression,
    [ACTION_ADD_IDENTITY] = apply_add_identity,
    [ACTION_ALTER_IDENTITY] = apply_mention,
    [ACTION_DROP_IDENTITY] = apply_drop_identity,
    [ACTION_ADD_CONSTRAINT] = apply_add_constraint,
    [ACTION_ALTER_CONSTRAINT] = apply_mention,
    [ACTION_VALIDATE_CONSTRAINT] = apply_validate,
    [ACTION_DROP_CONSTRAINT] = apply_drop_constraint,
    [ACTION_ATTACH_PARTITION] = apply_attach,
    [ACTION_DETACH_PARTITION] = apply_detach,
    [ACTION_SET_LOGGED] = apply_set_logged,
    [ACTION_SET_UNLOGGED] = apply_set_logged,
    [ACTION_SET_TABLESPACE] = apply_mention,
    [ACTION_SET_ACCESS_METHOD] = apply_mention,
    [ACTION_SET_OPTIONS] = apply_mention,
    [ACTION_SET_STATISTICS] = apply_mention,
    [ACTION_SET_STORAGE] = apply_mention,
    [ACTION_SET_COMPRESSION] = apply_mention,
    [ACTION_SET_COLUMN_OPTIONS] = apply_mention,
    [ACTION_CLUSTER_ON] = apply_mention,
    [ACTION_TOGGLE_TRIGGER] = apply_mention,
    [ACTION_TOGGLE_RULE] = apply_mention,
    [ACTION_TOGGLE_ROW_SECURITY] = apply_row_security,
    [ACTION_REPLICA_IDENTITY] = apply_mention,
    [ACTION_INHERIT] = apply_inherit,
    [ACTION_NO_INHERIT] = apply_no_inherit,
    [ACTION_OWNER] = apply_mention,
    [ACTION_ALTER_TABLE_OTHER] = apply_mention,
    [ACTION_RENAME] = apply_rename,
    [ACTION_SET_SCHEMA] = apply_set_schema,
    [ACTION_ALTER_SEQUENCE] = apply_alter_sequence,
    [ACTION_ALTER_FUNCTION] = apply_change_function,
    [ACTION_ADD_ENUM_VALUE] = apply_add_enum_value,
    [ACTION_RENAME_ENUM_VALUE] = apply_rename_enum_value,
    [ACTION_ALTER_DOMAIN_SET_NOT_NULL] = apply_alter_domain,
    [ACTION_ALTER_DOMAIN_DROP_NOT_NULL] = apply_alter_domain,
    [ACTION_ALTER_DOMAIN_ADD_CONSTRAINT] = apply_alter_domain,
    [ACTION_ALTER_DOMAIN_OTHER] = apply_alter_domain,
    [ACTION_COMMENT] = apply_comment,
    [ACTION_TRUNCATE] = apply_truncate,
    [ACTION_REINDEX] = apply_reindex,
    [ACTION_INSERT] = apply_rows,
    [ACTION_DELETE] = apply_delete,
    [ACTION_MERGE] = apply_rows,
    [ACTION_COPY] = apply_rows,
    [ACTION_REFRESH] = apply_rows,
    [ACTION_SET] = apply_set,
    [ACTION_BEGIN] = apply_begin,
    [ACTION_COMMIT] = apply_commit,
    [ACTION_ROLLBACK] = apply_rollback,
    [ACTION_SAVEPOINT] = apply_savepoint,
    [ACTION_ROLLBACK_TO] = apply_rollback_to,
    [ACTION_RELEASE] = apply_release,
    [ACTION_EXECUTE] = apply_unknown,
};

void schema_apply_row(const struct applying *applying)
{
    functions_run(applying);
    if (rows[applying->action->kind] != NULL)
        rows[applying->action->kind](applying);
}

void schema_apply(struct schema *schema, const struct action *action)
{
    struct applying applying = {schema, action, action->place == PLACE_BRANCH};
    schema_turn(schema, action);
    if (action->place == PLACE_BODY)
        function_keep_body(schema, action);
    else
        schema_apply_row(&applying);
    if (action->kind == ACTION_END)
        schema_put(schema, schema->log->in_statement, false);
}
