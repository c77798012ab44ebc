/* Words of a statement that change what it means, as bits. */
#ifndef SQL_ACTION_FLAG_H
#define SQL_ACTION_FLAG_H

enum action_flag {
    FLAG_IF_EXISTS = 1 << 0,
    FLAG_IF_NOT_EXISTS = 1 << 1,
    FLAG_OR_REPLACE = 1 << 2,
    FLAG_CASCADE = 1 << 3,
    FLAG_CONCURRENTLY = 1 << 4,
    FLAG_ONLY = 1 << 5,              /* ON ONLY, ALTER TABLE ONLY */
    FLAG_TEMPORARY = 1 << 6,
    FLAG_UNLOGGED = 1 << 7,
    FLAG_ON_COMMIT_DROP = 1 << 8,
    FLAG_UNIQUE = 1 << 9,            /* of an index */
    FLAG_PARTIAL = 1 << 10,          /* an index with WHERE */
    FLAG_NO_DATA = 1 << 11,          /* WITH NO DATA */
    FLAG_WHERE = 1 << 12,            /* UPDATE, DELETE with a condition */
    FLAG_FULL = 1 << 13,             /* VACUUM FULL */
    FLAG_FINALIZE = 1 << 14,         /* DETACH … FINALIZE */
    FLAG_DEFAULT_PARTITION = 1 << 15,/* FOR VALUES of it is DEFAULT */
    FLAG_PLACED = 1 << 16,           /* ADD VALUE … BEFORE or AFTER */
    FLAG_LOCAL = 1 << 17,            /* SET LOCAL */
    FLAG_RESET = 1 << 18,            /* RESET, SET … TO DEFAULT; TRUNCATE … RESTART IDENTITY */
    FLAG_CHAIN = 1 << 19,            /* COMMIT, ROLLBACK AND CHAIN */
    FLAG_READS_ROWS = 1 << 20,       /* INSERT … SELECT, UPDATE … FROM: rows come out of tables */
    FLAG_ENABLE = 1 << 21,           /* of the TOGGLE kinds: ENABLE, FORCE */
    FLAG_ALL = 1 << 22,              /* every table: CLUSTER, VACUUM without a name */
    FLAG_CREATES_SLOT = 1 << 23,     /* of a subscription */
    FLAG_NOWAIT = 1 << 24,
    FLAG_LIKE_ALL = 1 << 25,         /* CREATE TABLE (LIKE … INCLUDING DEFAULTS/CONSTRAINTS/INDEXES/ALL) */
    FLAG_TABLE_IF_EXISTS = 1 << 27,  /* ALTER TABLE IF EXISTS; FLAG_IF_EXISTS of DROP COLUMN and DROP CONSTRAINT is their own */
    FLAG_FORCE = 1 << 28,            /* FORCE, NO FORCE ROW LEVEL SECURITY */
    FLAG_REVOKE = 1 << 29,           /* REVOKE, of ACTION_GRANT */
    FLAG_INSTEAD = 1 << 30,          /* of a rule: nothing else happens */
    FLAG_VOLATILE = 1 << 26,         /* a function that is not declared STABLE or IMMUTABLE */
};

#endif
