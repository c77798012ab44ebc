#include "schema/effect_work.h"

/* What needs no thought: a lock on the relation that the action names. */
struct plain_lock {
    enum lock_mode lock;
    bool family;          /* on its partitions and heirs too */
};

static const struct plain_lock locks[ACTION_KINDS] = {
    [ACTION_SET_DEFAULT] = {LOCK_ACCESS_EXCLUSIVE, true},
    [ACTION_DROP_DEFAULT] = {LOCK_ACCESS_EXCLUSIVE, true},
    [ACTION_DROP_NOT_NULL] = {LOCK_ACCESS_EXCLUSIVE, true},
    [ACTION_DROP_EXPRESSION] = {LOCK_ACCESS_EXCLUSIVE, true},
    [ACTION_ALTER_CONSTRAINT] = {LOCK_ACCESS_EXCLUSIVE, true},
    [ACTION_SET_STATISTICS] = {LOCK_SHARE_UPDATE_EXCLUSIVE, true},
    [ACTION_SET_STORAGE] = {LOCK_ACCESS_EXCLUSIVE, true},
    [ACTION_SET_COMPRESSION] = {LOCK_ACCESS_EXCLUSIVE, false},
    [ACTION_SET_COLUMN_OPTIONS] = {LOCK_SHARE_UPDATE_EXCLUSIVE, false},
    [ACTION_TOGGLE_TRIGGER] = {LOCK_SHARE_ROW_EXCLUSIVE, false},
    [ACTION_TOGGLE_RULE] = {LOCK_ACCESS_EXCLUSIVE, false},
    [ACTION_TOGGLE_ROW_SECURITY] = {LOCK_ACCESS_EXCLUSIVE, false},
    [ACTION_ALTER_TABLE_OTHER] = {LOCK_ACCESS_EXCLUSIVE, false},
};

static effect_kind *const kinds[ACTION_KINDS] = {
    [ACTION_CREATE_TABLE] = effect_create_table,
    [ACTION_CREATE_FOREIGN_TABLE] = effect_create_table,
    [ACTION_CREATE_TABLE_AS] = effect_create_filled,
    [ACTION_CREATE_MATERIALIZED_VIEW] = effect_create_filled,
    [ACTION_CREATE_VIEW] = effect_create_view,
    [ACTION_CREATE_SEQUENCE] = effect_sequence,
    [ACTION_ALTER_SEQUENCE] = effect_sequence,
    [ACTION_CREATE_INDEX] = effect_create_index,
    [ACTION_CREATE_TRIGGER] = effect_on_table,
    [ACTION_CREATE_RULE] = effect_on_table,
    [ACTION_CREATE_POLICY] = effect_on_table,
    [ACTION_CREATE_STATISTICS] = effect_on_table,
    [ACTION_DROP] = effect_drop,
    [ACTION_ADD_COLUMN] = effect_add_column,
    [ACTION_DROP_COLUMN] = effect_drop_column,
    [ACTION_ALTER_COLUMN_TYPE] = effect_retype,
    [ACTION_SET_NOT_NULL] = effect_set_not_null,
    [ACTION_SET_EXPRESSION] = effect_set_expression,
    [ACTION_ADD_IDENTITY] = effect_identity,
    [ACTION_ALTER_IDENTITY] = effect_identity,
    [ACTION_DROP_IDENTITY] = effect_identity,
    [ACTION_ADD_CONSTRAINT] = effect_add_constraint,
    [ACTION_VALIDATE_CONSTRAINT] = effect_validate_constraint,
    [ACTION_DROP_CONSTRAINT] = effect_drop_constraint,
    [ACTION_ATTACH_PARTITION] = effect_attach,
    [ACTION_DETACH_PARTITION] = effect_detach,
    [ACTION_SET_LOGGED] = effect_persistence,
    [ACTION_SET_UNLOGGED] = effect_persistence,
    [ACTION_SET_TABLESPACE] = effect_move,
    [ACTION_SET_ACCESS_METHOD] = effect_move,
    [ACTION_SET_OPTIONS] = effect_set_options,
    [ACTION_CLUSTER_ON] = effect_cluster_on,
    [ACTION_REPLICA_IDENTITY] = effect_replica_identity,
    [ACTION_INHERIT] = effect_inherit,
    [ACTION_NO_INHERIT] = effect_inherit,
    [ACTION_OWNER] = effect_owner,
    [ACTION_RENAME] = effect_rename,
    [ACTION_SET_SCHEMA] = effect_set_schema,
    [ACTION_ALTER_DOMAIN_SET_NOT_NULL] = effect_domain,
    [ACTION_ALTER_DOMAIN_ADD_CONSTRAINT] = effect_domain,
    [ACTION_ALTER_DOMAIN_VALIDATE_CONSTRAINT] = effect_domain,
    [ACTION_ALTER_OTHER] = effect_alter_other,
    [ACTION_COMMENT] = effect_comment,
    [ACTION_GRANT] = effect_grant,
    [ACTION_TRUNCATE] = effect_truncate,
    [ACTION_CLUSTER] = effect_cluster,
    [ACTION_VACUUM] = effect_vacuum,
    [ACTION_ANALYZE] = effect_vacuum,
    [ACTION_REINDEX] = effect_reindex,
    [ACTION_REFRESH] = effect_refresh,
    [ACTION_LOCK] = effect_lock,
    [ACTION_SELECT] = effect_query,
    [ACTION_OTHER] = effect_query,
    [ACTION_CALL] = effect_query,
    [ACTION_INSERT] = effect_change,
    [ACTION_UPDATE] = effect_change,
    [ACTION_DELETE] = effect_change,
    [ACTION_MERGE] = effect_change,
    [ACTION_COPY] = effect_copy,
};

static void lock_plainly(struct effect_work *work, struct plain_lock plain)
{
    struct relation *relation = plain.family ? schema_relation(work->schema, &work->action->name) : NULL;
    if (relation != NULL)
        effect_touch_family(work, relation, plain.lock);
    else
        effect_touch_name(work, &work->action->name, plain.lock);
}

void effect_of(struct arena *arena, const struct schema *schema, const struct action *action, struct effect *effect)
{
    struct effect_work work = {.arena = arena, .schema = schema, .action = action, .effect = effect};
    *effect = (struct effect){.fails = TRUTH_NO};
    if (kinds[action->kind] != NULL)
        kinds[action->kind](&work);
    else if (locks[action->kind].lock != LOCK_NONE)
        lock_plainly(&work, locks[action->kind]);
}
