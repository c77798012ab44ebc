/* The kinds of actions, with the names that rules use. */
#ifndef SQL_ACTION_KIND_H
#define SQL_ACTION_KIND_H

#define ACTION_KINDS_LIST(X)                                                                                     \
    X(CREATE_TABLE, "create-table")                                                                              \
    X(CREATE_TABLE_AS, "create-table-as")              /* SELECT INTO too */                                     \
    X(CREATE_VIEW, "create-view")                                                                                \
    X(CREATE_MATERIALIZED_VIEW, "create-materialized-view")                                                      \
    X(CREATE_FOREIGN_TABLE, "create-foreign-table")                                                              \
    X(CREATE_SEQUENCE, "create-sequence")                                                                        \
    X(CREATE_INDEX, "create-index")                                                                              \
    X(CREATE_SCHEMA, "create-schema")                                                                            \
    X(CREATE_ENUM, "create-enum")                                                                                \
    X(CREATE_DOMAIN, "create-domain")                                                                            \
    X(CREATE_TYPE, "create-type")                      /* composite, range, base */                              \
    X(CREATE_FUNCTION, "create-function")              /* procedures and aggregates too */                       \
    X(CREATE_TRIGGER, "create-trigger")                                                                          \
    X(CREATE_RULE, "create-rule")                                                                                \
    X(CREATE_POLICY, "create-policy")                                                                            \
    X(CREATE_EXTENSION, "create-extension")                                                                      \
    X(CREATE_STATISTICS, "create-statistics")                                                                    \
    X(CREATE_DATABASE, "create-database")                                                                        \
    X(CREATE_TABLESPACE, "create-tablespace")                                                                    \
    X(CREATE_SUBSCRIPTION, "create-subscription")                                                                \
    X(CREATE_OTHER, "create-other")                                                                              \
    X(DROP, "drop")                                    /* object says what; one action per object */             \
    X(DROP_OWNED, "drop-owned")                                                                                  \
    X(ADD_COLUMN, "add-column")                                                                                  \
    X(DROP_COLUMN, "drop-column")                                                                                \
    X(ALTER_COLUMN_TYPE, "alter-column-type")                                                                    \
    X(SET_DEFAULT, "set-default")                                                                                \
    X(DROP_DEFAULT, "drop-default")                                                                              \
    X(SET_NOT_NULL, "set-not-null")                                                                              \
    X(DROP_NOT_NULL, "drop-not-null")                                                                            \
    X(DROP_EXPRESSION, "drop-expression")                                                                        \
    X(SET_EXPRESSION, "set-expression")                /* PostgreSQL 17 */                                       \
    X(ADD_IDENTITY, "add-identity")                                                                              \
    X(ALTER_IDENTITY, "alter-identity")                                                                          \
    X(DROP_IDENTITY, "drop-identity")                                                                            \
    X(ADD_CONSTRAINT, "add-constraint")                                                                          \
    X(ALTER_CONSTRAINT, "alter-constraint")                                                                      \
    X(VALIDATE_CONSTRAINT, "validate-constraint")                                                                \
    X(DROP_CONSTRAINT, "drop-constraint")                                                                        \
    X(ATTACH_PARTITION, "attach-partition")            /* of an index too: object is OBJECT_INDEX */             \
    X(DETACH_PARTITION, "detach-partition")                                                                      \
    X(SET_LOGGED, "set-logged")                                                                                  \
    X(SET_UNLOGGED, "set-unlogged")                                                                              \
    X(SET_TABLESPACE, "set-tablespace")                                                                          \
    X(SET_ACCESS_METHOD, "set-access-method")                                                                    \
    X(SET_OPTIONS, "set-options")                      /* SET (…), RESET (…) of a relation */                    \
    X(SET_STATISTICS, "set-statistics")                                                                          \
    X(SET_STORAGE, "set-storage")                                                                                \
    X(SET_COMPRESSION, "set-compression")                                                                        \
    X(SET_COLUMN_OPTIONS, "set-column-options")                                                                  \
    X(CLUSTER_ON, "cluster-on")                        /* and SET WITHOUT CLUSTER */                             \
    X(TOGGLE_TRIGGER, "toggle-trigger")                /* ENABLE, DISABLE TRIGGER */                             \
    X(TOGGLE_RULE, "toggle-rule")                                                                                \
    X(TOGGLE_ROW_SECURITY, "toggle-row-security")      /* ENABLE, DISABLE, FORCE … */                            \
    X(REPLICA_IDENTITY, "replica-identity")                                                                      \
    X(INHERIT, "inherit")                                                                                        \
    X(NO_INHERIT, "no-inherit")                                                                                  \
    X(OWNER, "owner")                                                                                            \
    X(ALTER_TABLE_OTHER, "alter-table-other")                                                                    \
    X(RENAME, "rename")                                /* object says what; column for columns */                \
    X(SET_SCHEMA, "set-schema")                                                                                  \
    X(ALTER_SEQUENCE, "alter-sequence")                                                                          \
    X(ADD_ENUM_VALUE, "add-enum-value")                                                                          \
    X(RENAME_ENUM_VALUE, "rename-enum-value")                                                                    \
    X(ALTER_DOMAIN_SET_NOT_NULL, "alter-domain-set-not-null")                                                    \
    X(ALTER_DOMAIN_DROP_NOT_NULL, "alter-domain-drop-not-null")                                                  \
    X(ALTER_DOMAIN_ADD_CONSTRAINT, "alter-domain-add-constraint")                                                \
    X(ALTER_DOMAIN_VALIDATE_CONSTRAINT, "alter-domain-validate-constraint")                                      \
    X(ALTER_DOMAIN_OTHER, "alter-domain-other")                                                                  \
    X(ALTER_FUNCTION, "alter-function")                                                                          \
    X(ALTER_SYSTEM, "alter-system")                                                                              \
    X(ALTER_OTHER, "alter-other")                                                                                \
    X(COMMENT, "comment")                                                                                        \
    X(GRANT, "grant")                                  /* REVOKE too */                                          \
    X(TRUNCATE, "truncate")                                                                                      \
    X(CLUSTER, "cluster")                                                                                        \
    X(VACUUM, "vacuum")                                                                                          \
    X(ANALYZE, "analyze")                                                                                        \
    X(REINDEX, "reindex")                                                                                        \
    X(REFRESH, "refresh")                              /* REFRESH MATERIALIZED VIEW */                           \
    X(LOCK, "lock")                                    /* LOCK TABLE, one per table */                           \
    X(SELECT, "select")                                                                                          \
    X(INSERT, "insert")                                                                                          \
    X(UPDATE, "update")                                                                                          \
    X(DELETE, "delete")                                                                                          \
    X(MERGE, "merge")                                                                                            \
    X(COPY, "copy")                                                                                              \
    X(CALL, "call")                                                                                              \
    X(DO, "do")                                        /* its actions come behind it */                          \
    X(SET, "set")                                      /* SET, RESET, set_config() of a constant */              \
    X(BEGIN, "begin")                                                                                            \
    X(COMMIT, "commit")                                                                                          \
    X(ROLLBACK, "rollback")                                                                                      \
    X(SAVEPOINT, "savepoint")                                                                                    \
    X(ROLLBACK_TO, "rollback-to")                                                                                \
    X(RELEASE, "release")                                                                                        \
    X(EXECUTE, "execute")                              /* dynamic SQL: what it does is not known */              \
    X(OTHER, "other")                                                                                            \
    X(END, "end")                                      /* of the text; actions_read adds it last */

enum action_kind {
#define X(name, text) ACTION_##name,
    ACTION_KINDS_LIST(X)
#undef X
    ACTION_KINDS
};

extern const char *const action_kind_names[ACTION_KINDS]; /* "create-table" … */

#endif
