#include "../model/probe.h"

#include "review/condition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* A condition holds on these lines of the text. */
struct row {
    const char *kinds, *condition, *setup, *text, *lines;
};

static const char table_t[] = "CREATE TABLE t (id int PRIMARY KEY, a int, b text NOT NULL, d date DEFAULT now());";

#define ADD "[add-column]"
#define INDEX "[create-index]"

static const struct row rows[] = {
    /* the statement */
    {INDEX, "concurrently", table_t, "CREATE INDEX CONCURRENTLY i ON t (a);\nCREATE INDEX j ON t (a);", "1"},
    {INDEX, "not unique", table_t, "CREATE INDEX i ON t (a);\nCREATE UNIQUE INDEX j ON t (a);", "1"},
    {"[drop]", "several-objects", table_t, "DROP TABLE a, b;\nDROP TABLE t;", "1 1"},
    {"[add-column]", "first-of-statement", table_t, "ALTER TABLE t ADD x int, ADD y int;\nALTER TABLE t ADD z int;", "1 2"},
    {"[update, delete]", "has-where", table_t, "DELETE FROM t;\nUPDATE t SET a = 1 WHERE id = 1;", "2"},
    {"[insert]", "reads-rows", table_t, "INSERT INTO t SELECT * FROM u;\nINSERT INTO t VALUES (1);", "1"},
    {"[add-column]", "object-again", table_t, "ALTER TABLE t ADD x int,\nADD y int;\nALTER TABLE t ADD z int;", "2"},
    {"[select]", "alone", NULL, "SELECT 1", "1"},
    {"[select]", "alone", NULL, "BEGIN;\nSELECT 1;\nCOMMIT;", "2"},
    {"[select]", "alone", NULL, "SELECT 1; SELECT 2", ""},
    {"[create-table, create-index, drop]", "unqualified", NULL,
     "CREATE TABLE a ();\nCREATE TABLE s.b ();\nCREATE INDEX ON s.b (x);\nCREATE INDEX ON a (x);\nDROP SCHEMA z;", "1 4"},
    {"[update]", "in-block", NULL, "UPDATE t SET a = 1;\nDO $$ BEGIN\nUPDATE t SET a = 1; END $$;", "3"},
    {"[drop]", "if-exists", NULL, "DROP TABLE IF EXISTS t;\nDROP TABLE t;", "1"},
    {"[create-table]", "if-not-exists", NULL, "CREATE TABLE IF NOT EXISTS t ();\nCREATE TABLE u ();", "1"},
    {"[create-view]", "or-replace", NULL, "CREATE OR REPLACE VIEW v AS SELECT 1;\nCREATE VIEW w AS SELECT 1;", "1"},
    {"[drop, truncate]", "cascade", NULL, "DROP TABLE t CASCADE;\nTRUNCATE t;\nTRUNCATE t CASCADE;", "1 3"},
    {INDEX, "only", NULL, "CREATE INDEX ON ONLY t (a);\nCREATE INDEX ON t (a);", "1"},
    {INDEX, "partial", NULL, "CREATE INDEX ON t (a) WHERE b;\nCREATE INDEX ON t (a);", "1"},
    {"[refresh, create-table-as]", "no-data", NULL,
     "CREATE TABLE u AS SELECT 1 WITH NO DATA;\nREFRESH MATERIALIZED VIEW m WITH NO DATA;\nREFRESH MATERIALIZED VIEW m;", "1 2"},
    {"[vacuum]", "full", NULL, "VACUUM FULL t;\nVACUUM t;", "1"},
    {"[vacuum, cluster]", "all-tables", NULL, "VACUUM;\nVACUUM t;\nCLUSTER;", "1 3"},
    {"[detach-partition]", "finalize", NULL,
     "ALTER TABLE p DETACH PARTITION c FINALIZE;\nALTER TABLE p DETACH PARTITION c;", "1"},
    {"[add-enum-value]", "placed", NULL, "ALTER TYPE e ADD VALUE 'a' AFTER 'b';\nALTER TYPE e ADD VALUE 'c';", "1"},
    {"[create-table]", "default-partition", NULL,
     "CREATE TABLE c PARTITION OF p DEFAULT;\nCREATE TABLE d PARTITION OF p FOR VALUES IN (1);", "1"},
    {"[set]", "local", NULL, "SET LOCAL lock_timeout = 1;\nSET lock_timeout = 1;", "1"},
    {"[create-subscription]", "creates-slot", NULL,
     "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p;\n"
     "CREATE SUBSCRIPTION t CONNECTION 'x' PUBLICATION p WITH (create_slot = false);", "1"},
    {"[create-table]", "unlogged", NULL, "CREATE UNLOGGED TABLE t ();\nCREATE TABLE u ();", "1"},
    {"[toggle-trigger]", "enable", NULL, "ALTER TABLE t ENABLE TRIGGER a;\nALTER TABLE t DISABLE TRIGGER a;", "1"},
    {"all", "name-longer-than 63", NULL,
     "CREATE TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (\nb int,\n"
     "\"ääääääääääääääääääääääääääääääää\" int);\n"
     "SELECT 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';\n"
     "SELECT aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1 3"},
    /* the table */
    {INDEX, "table-is-new", "CREATE TABLE old (a int);",
     "CREATE TABLE t (a int);\nCREATE INDEX ON t (a);\nCREATE INDEX ON old (a);\nCREATE INDEX ON x (a);", "2"},
    {INDEX, "table-is-new", NULL, "BEGIN;\nCREATE TABLE t (a int);\nCOMMIT;\nCREATE INDEX ON t (a);", ""},
    {INDEX, "table-is-new", "CREATE SCHEMA s; CREATE TABLE s.t (a int);",
     "CREATE TABLE t (a int);\nCREATE INDEX ON s.t (a);\nCREATE INDEX ON public.t (a);", "3"},
    {INDEX, "maybe table-is-new", NULL, "DO $$ BEGIN EXECUTE x; END $$;\nCREATE INDEX ON u (a);", "2"},
    {ADD, "table-is-temporary", NULL, "CREATE TEMP TABLE t (a int);\nALTER TABLE t ADD b int;\nALTER TABLE u ADD b int;", "2"},
    {ADD, "table-is-known", table_t, "ALTER TABLE t ADD x int;\nALTER TABLE u ADD x int;", "1"},
    {INDEX, "table-is-partitioned", "CREATE TABLE p (a int) PARTITION BY LIST (a);", "CREATE INDEX ON p (a);", "1"},
    {INDEX, "not table-is-partitioned", table_t, "CREATE INDEX ON t (a);\nCREATE INDEX ON unknown (a);", "1"},
    {ADD, "table-is-empty", table_t,
     "CREATE TABLE n (a int);\nALTER TABLE n ADD b int;\nINSERT INTO n VALUES (1);\nALTER TABLE n ADD c int;\n"
     "ALTER TABLE t ADD c int;", "2"},
    {ADD, "not table-is-empty", table_t, "ALTER TABLE t ADD c int;", ""},
    {"[attach-partition]", "parent-has-default-partition",
     "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE d PARTITION OF p DEFAULT; CREATE TABLE c (a int);",
     "ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1);", "1"},
    {"[attach-partition]", "default-partition-is-read",
     "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE d PARTITION OF p DEFAULT; CREATE TABLE c (a int);"
     "ALTER TABLE d ADD CHECK (a NOT IN (1, 2))",
     "ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (2);\nALTER TABLE p ATTACH PARTITION c FOR VALUES IN (3);", "2"},
    {"[attach-partition]", "not parent-has-default-partition",
     "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c (a int);",
     "ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1);\nALTER TABLE q ATTACH PARTITION c FOR VALUES IN (1);", "1"},
    {"[attach-partition]", "child-is-new", "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c (a int);",
     "CREATE TABLE n (a int);\nALTER TABLE p ATTACH PARTITION n FOR VALUES IN (1);\n"
     "ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (2);", "2"},
    {"[create-table]", "parent-is-new", "CREATE TABLE p (a int) PARTITION BY LIST (a);",
     "CREATE TABLE c PARTITION OF p DEFAULT;\nCREATE TABLE q (a int) PARTITION BY LIST (a);\n"
     "CREATE TABLE r PARTITION OF q DEFAULT;", "3"},
    {"[add-constraint]", "referenced-is-new", table_t,
     "CREATE TABLE n (id int PRIMARY KEY);\nALTER TABLE t ADD FOREIGN KEY (a) REFERENCES n;\n"
     "ALTER TABLE n ADD FOREIGN KEY (id) REFERENCES t;", "2"},
    {"[add-constraint]", "references-itself", table_t,
     "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES t;\nALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u;", "1"},
    {"[add-column]", "table-is-partition", "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT;",
     "ALTER TABLE c ALTER a SET DEFAULT 1;\nALTER TABLE c ADD b int;\nALTER TABLE p ADD b int;", "2"},
    {"[create-table]", "has-parent", NULL,
     "CREATE TABLE c PARTITION OF p DEFAULT;\nCREATE TABLE d () INHERITS (p);\nCREATE TABLE e ();", "1 2"},
    {"[attach-partition]", "child-is-empty", "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c (a int);",
     "CREATE TABLE n (a int);\nALTER TABLE p ATTACH PARTITION n FOR VALUES IN (1);\n"
     "ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (2);", "2"},
    {"[add-constraint]", "both-are-new", table_t,
     "CREATE TABLE n (id int PRIMARY KEY);\nALTER TABLE n ADD FOREIGN KEY (id) REFERENCES t;\n"
     "ALTER TABLE t ADD FOREIGN KEY (id) REFERENCES n;\nCREATE TABLE m (id int);\n"
     "ALTER TABLE m ADD FOREIGN KEY (id) REFERENCES n;", "5"},
    /* the object */
    {"[drop]", "object-is-of-text", NULL,
     "BEGIN;\nCREATE TABLE t ();\nCOMMIT;\nDROP TABLE t;\nDROP TABLE u;", "4"},
    {"[drop, rename, drop-column, drop-constraint]", "object-is-new", table_t,
     "CREATE TYPE e AS ENUM ('a');\nDROP TYPE e;\nCREATE INDEX i ON t (a);\nDROP INDEX i;\nDROP TABLE t;", "2 4"},
    {"[drop-column, rename]", "object-is-new", table_t,
     "ALTER TABLE t ADD x int;\nALTER TABLE t DROP x;\nALTER TABLE t DROP a;\nALTER TABLE t RENAME b TO c;", "2"},
    {"[drop]", "object-is-new", NULL, "CREATE SCHEMA s;\nDROP SCHEMA s;\nDROP SCHEMA z;", "2"},
    {"[rename]", "replaced-by-view", table_t,
     "ALTER TABLE t RENAME TO u;\nCREATE VIEW t AS SELECT * FROM u;\nALTER TABLE u RENAME TO v;", "1"},
    {"[drop]", "recreated-later", NULL, "DROP TABLE t;\nDROP TABLE u;\nCREATE TABLE t ();\nCREATE INDEX u ON t (a);", "1"},
    /* the column */
    {"[set-not-null]", "column-proven-not-null", table_t,
     "ALTER TABLE t ALTER b SET NOT NULL;\nALTER TABLE t ALTER a SET NOT NULL;", "1"},
    {"[set-not-null]", "column-proven-not-null",
     "CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL);",
     "ALTER TABLE t ALTER a SET NOT NULL;", "1"},
    {"[set-not-null]", "not column-proven-not-null",
     "CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;",
     "ALTER TABLE t ALTER a SET NOT NULL;\nALTER TABLE unknown ALTER a SET NOT NULL;", "1 2"},
    {"[add-constraint]", "not keys-proven-not-null",
     "CREATE TABLE t (a int, b int NOT NULL); CREATE UNIQUE INDEX i ON t (a); CREATE UNIQUE INDEX j ON t (b);",
     "ALTER TABLE t ADD PRIMARY KEY USING INDEX i;\nALTER TABLE t ADD PRIMARY KEY USING INDEX j;\n"
     "ALTER TABLE u ADD PRIMARY KEY USING INDEX k;", "1"},
    {ADD, "default-is-volatile", NULL,
     "ALTER TABLE t ADD a timestamptz DEFAULT now();\nALTER TABLE t ADD b uuid DEFAULT gen_random_uuid();\n"
     "ALTER TABLE t ADD c int;\nALTER TABLE t ADD d int DEFAULT strange();", "2"},
    {ADD, "maybe default-is-volatile", NULL, "ALTER TABLE t ADD d int DEFAULT strange();\nALTER TABLE t ADD e int;", "1"},
    {ADD, "default-is-constant", NULL, "ALTER TABLE t ADD d int DEFAULT -1;\nALTER TABLE t ADD e int DEFAULT f();", "1"},
    {ADD, "only-nulls", NULL,
     "ALTER TABLE t ADD a int;\nALTER TABLE t ADD b int DEFAULT NULL;\nALTER TABLE t ADD c int DEFAULT 1;\n"
     "ALTER TABLE t ADD d serial;\nALTER TABLE t ADD e int GENERATED ALWAYS AS IDENTITY;", "1 2"},
    {"[alter-column-type]", "type-change-is-free", "CREATE TABLE t (a varchar(10), b int);",
     "ALTER TABLE t ALTER a TYPE varchar(20);\nALTER TABLE t ALTER b TYPE bigint;", "1"},
    {ADD, "type-is text|varchar", NULL, "ALTER TABLE t ADD a text;\nALTER TABLE t ADD b varchar;\nALTER TABLE t ADD c int;", "1 2"},
    {ADD, "type-has-modifier", NULL, "ALTER TABLE t ADD a varchar(3);\nALTER TABLE t ADD b varchar;", "1"},
    {ADD, "numbers-itself", NULL, "ALTER TABLE t ADD a bigserial;\nALTER TABLE t ADD b int;", "1"},
    {ADD, "generated-stored", NULL, "ALTER TABLE t ADD a int GENERATED ALWAYS AS (1) STORED;\nALTER TABLE t ADD b int;", "1"},
    {ADD, "domain-is-constrained", "CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE DOMAIN e AS int;",
     "ALTER TABLE t ADD a d;\nALTER TABLE t ADD b e;\nALTER TABLE t ADD c int;\nALTER TABLE t ADD c citext;", "1"},
    {ADD, "domain-is-constrained", "CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE DOMAIN e AS d;",
     "ALTER TABLE t ADD b e;\nALTER TABLE t ADD c d[];", "1"},
    {ADD, "domain-default-is-volatile", "CREATE DOMAIN d AS float DEFAULT random(); CREATE DOMAIN e AS d DEFAULT 1;",
     "ALTER TABLE t ADD b d;\nALTER TABLE t ADD c e;\nALTER TABLE t ADD d d DEFAULT NULL;\nALTER TABLE t ADD e d[];", "1"},
    {ADD, "not domain-is-constrained", "CREATE DOMAIN e AS int;", "ALTER TABLE t ADD b e;\nALTER TABLE t ADD c citext;", "1"},
    {ADD, "not-null-written", NULL, "ALTER TABLE t ADD a int NOT NULL;\nALTER TABLE t ADD b int;", "1"},
    {"[set-default, drop-not-null]", "column-is-new", table_t,
     "ALTER TABLE t ADD x int;\nALTER TABLE t ALTER x SET DEFAULT 1;\nALTER TABLE t ALTER a SET DEFAULT 1;", "2"},
    {"[drop-not-null]", "column-not-null", table_t,
     "ALTER TABLE t ALTER b DROP NOT NULL;\nALTER TABLE t ALTER a DROP NOT NULL;\nALTER TABLE u ALTER a DROP NOT NULL;", "1"},
    {"[add-column, set-not-null]", "has-default", table_t,
     "ALTER TABLE t ADD x int DEFAULT 1;\nALTER TABLE t ADD y int;\nALTER TABLE t ALTER d SET NOT NULL;\n"
     "ALTER TABLE t ALTER a SET NOT NULL;", "1 3"},
    {ADD, "default-is-null", NULL, "ALTER TABLE t ADD x int DEFAULT NULL;\nALTER TABLE t ADD y int DEFAULT 0;", "1"},
    {"[alter-column-type]", "type-change-rebuilds-indexes",
     "CREATE TABLE t (a timestamp, b varchar(10)); CREATE INDEX ON t (a); CREATE INDEX ON t (b);",
     "ALTER TABLE t ALTER a TYPE timestamptz;\nALTER TABLE t ALTER b TYPE varchar(20);", "1"},
    {ADD, "type-is-array-of int4", NULL, "ALTER TABLE t ADD a int[];\nALTER TABLE t ADD b int;", "1"},
    {ADD, "is-serial", NULL, "ALTER TABLE t ADD a serial;\nALTER TABLE t ADD b int GENERATED ALWAYS AS IDENTITY;", "1"},
    {ADD, "identity", NULL, "ALTER TABLE t ADD a serial;\nALTER TABLE t ADD b int GENERATED ALWAYS AS IDENTITY;", "2"},
    {ADD, "not generated-virtual", NULL, "ALTER TABLE t ADD a int GENERATED ALWAYS AS (1) STORED;", "1"},
    {ADD, "primary-key-written", NULL, "ALTER TABLE t ADD a int PRIMARY KEY;\nALTER TABLE t ADD b int NOT NULL;", "1"},
    /* the constraint */
    {"[add-constraint]", "not-valid", NULL,
     "ALTER TABLE t ADD CHECK (a > 0) NOT VALID;\nALTER TABLE t ADD CHECK (a > 0);", "1"},
    {"[add-column, add-constraint]", "on-column", NULL,
     "ALTER TABLE t ADD a int CHECK (a > 0);\nALTER TABLE t ADD CHECK (a > 0);", "1"},
    {"[add-constraint]", "using-index", NULL,
     "ALTER TABLE t ADD UNIQUE USING INDEX i;\nALTER TABLE t ADD UNIQUE (a);", "1"},
    {"[add-constraint]", "has-name", NULL, "ALTER TABLE t ADD CONSTRAINT c UNIQUE (a);\nALTER TABLE t ADD UNIQUE (a);", "1"},
    {"[validate-constraint]", "constraint-is-valid",
     "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0)); ALTER TABLE t ADD CONSTRAINT d CHECK (a > 1) NOT VALID;",
     "ALTER TABLE t VALIDATE CONSTRAINT c;\nALTER TABLE t VALIDATE CONSTRAINT d;\nALTER TABLE t VALIDATE CONSTRAINT x;", "1"},
    {"[add-constraint]", "constraint-is unique|check", NULL,
     "ALTER TABLE t ADD UNIQUE (a);\nALTER TABLE t ADD CHECK (a > 0);\nALTER TABLE t ADD PRIMARY KEY (a);", "1 2"},
    {"[drop-constraint]", "constraint-is foreign-key",
     "CREATE TABLE t (a int CONSTRAINT f REFERENCES u, CONSTRAINT c CHECK (a > 0));",
     "ALTER TABLE t DROP CONSTRAINT f;\nALTER TABLE t DROP CONSTRAINT c;\nALTER TABLE t DROP CONSTRAINT x;", "1"},
    {"[validate-constraint]", "constraint-is-new", "ALTER TABLE t ADD CONSTRAINT old CHECK (a > 0) NOT VALID;",
     "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\nALTER TABLE t VALIDATE CONSTRAINT c;\n"
     "ALTER TABLE t VALIDATE CONSTRAINT old;", "2"},
    {"[drop-constraint]", "columns-go-too", "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0), b int, CONSTRAINT d CHECK (a > 1));",
     "ALTER TABLE t DROP CONSTRAINT c, DROP COLUMN b;\nALTER TABLE t DROP CONSTRAINT d, DROP COLUMN a;", "2"},
    {"[add-constraint]", "not foreign-key-is-indexed",
     "CREATE TABLE t (a int, b int, c int, d int); CREATE INDEX ON t (a, b); CREATE INDEX ON t (c) WHERE c > 0;",
     "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u;\nALTER TABLE t ADD FOREIGN KEY (b, a) REFERENCES u;\n"
     "ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES u;\nALTER TABLE t ADD FOREIGN KEY (c) REFERENCES u;\n"
     "ALTER TABLE t ADD FOREIGN KEY (d) REFERENCES u;\nCREATE INDEX ON t (d);\n"
     "ALTER TABLE x ADD FOREIGN KEY (a) REFERENCES u;", "3 4"},
    {"[create-table]", "foreign-key-added-later", NULL,
     "CREATE TABLE t (a int);\nCREATE TABLE u (a int);\nALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u;", "1"},
    /* the index */
    {INDEX, "columns > 2", NULL, "CREATE INDEX ON t (a, b, c);\nCREATE INDEX ON t (a, b);", "1"},
    {"[drop]", "index-may-be-invalid", "CREATE TABLE t (a int); CREATE INDEX CONCURRENTLY i ON t (a); CREATE INDEX j ON t (a);",
     "DROP INDEX j;\nDROP INDEX k;\nDROP INDEX i;", "3"},
    {"[drop]", "index-is-known", "CREATE TABLE t (a int); CREATE INDEX i ON t (a);", "DROP INDEX i;\nDROP INDEX j;", "1"},
    {"[drop]", "not index-is-invalid", "CREATE TABLE t (a int); CREATE INDEX i ON t (a);", "DROP INDEX i;\nDROP INDEX j;", "1"},
    {"[drop]", "index-is-invalid",
     "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; CREATE INDEX i ON ONLY p (a);",
     "DROP INDEX i;", "1"},
    {"[drop]", "index-of-partitioned",
     "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE INDEX i ON p (a); CREATE TABLE t (a int); CREATE INDEX j ON t (a);",
     "DROP INDEX i;\nDROP INDEX j;", "1"},
    /* what it does */
    {"all", "scans", table_t, "ALTER TABLE t ALTER a SET NOT NULL;\nALTER TABLE t ADD c int;", "1"},
    {"all", "builds-index", table_t, "CREATE INDEX ON t (a);\nALTER TABLE t ADD c int;", "1"},
    {"all", "maybe fails", table_t, "ALTER TABLE u ADD c int NOT NULL;\nALTER TABLE t ADD d int;", "1"},
    {"all", "blocks-reads", table_t, "CREATE INDEX ON t (a);\nALTER TABLE t ADD c int;", "2"},
    {"all", "rewrites", table_t, "ALTER TABLE t ALTER a TYPE bigint;\nALTER TABLE t ADD c int;", "1"},
    {"all", "lock >= ACCESS-EXCLUSIVE", table_t,
     "CREATE INDEX ON t (a);\nALTER TABLE t ADD c int;\nCREATE TABLE n (a int);\nALTER TABLE n ADD b int;", "2"},
    {"all", "blocks-writes", table_t, "CREATE INDEX ON t (a);\nCREATE INDEX CONCURRENTLY i ON t (a);\nSELECT 1 FROM t;", "1"},
    {"all", "touches-referenced", table_t,
     "ALTER TABLE x ADD FOREIGN KEY (a) REFERENCES t;\nALTER TABLE x ADD c int;", "1"},
    /* the transaction */
    {"[select]", "in-transaction", NULL, "SELECT 1;\nSELECT 2;", "1 2"},
    {"[select]", "in-transaction", NULL, "VACUUM;\nSELECT 2;\nBEGIN;\nSELECT 3;\nCOMMIT;\nSELECT 4;", "4"},
    {"[begin, commit, rollback]", "nested", NULL, "BEGIN;\nBEGIN;\nCOMMIT;\nCOMMIT;", "2 4"},
    {"[begin]", "never-ended", NULL, "BEGIN;\nCOMMIT;\nBEGIN;\nSELECT 1;", "3"},
    {"[end]", "left-open", NULL, "BEGIN;\nCREATE TABLE t ();", "2"},
    {"[end]", "left-open", NULL, "BEGIN;\nCREATE TABLE t ();\nCOMMIT;", ""},
    {"[select]", "explicit-transaction", NULL, "SELECT 1;\nBEGIN;\nSELECT 2;\nCOMMIT;", "3"},
    {"[select]", "run-transaction", NULL, "SELECT 1;\nSELECT 2;", "1 2"},
    {"[select]", "run-transaction", NULL, "SELECT 1;\nVACUUM;", ""},
    {"[update]", "holds-strong-lock", table_t,
     "UPDATE t SET a = 1;\nALTER TABLE u ADD FOREIGN KEY (a) REFERENCES t;\nUPDATE t SET a = 1;", "3"},
    {"[validate-constraint]", "under-strong-lock", "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;",
     "ALTER TABLE t VALIDATE CONSTRAINT c;\nALTER TABLE t ADD x int;\nALTER TABLE t VALIDATE CONSTRAINT c;", "3"},
    {"[add-column]", "lock-order-reversed",
     "CREATE TABLE a (); CREATE TABLE b (); BEGIN; ALTER TABLE a ADD x int; ALTER TABLE b ADD x int; COMMIT;",
     "ALTER TABLE b ADD y int;\nALTER TABLE a ADD y int;\nALTER TABLE b ADD z int;", "2"},
    {"[select]", "statement-timeout-in-force", NULL, "SELECT 1;\nSET statement_timeout = 0;\nSELECT 2;", "1"},
    {"all", "prolongs-access-exclusive", table_t,
     "ALTER TABLE t ADD c int;\nALTER TABLE t ADD d int;\nUPDATE t SET c = 1;\nALTER TABLE u ADD c int;", "3 4"},
    {"[add-column]", "emptied-before", table_t,
     "DELETE FROM t WHERE a = 1;\nALTER TABLE t ADD b int;\nDELETE FROM t;\nALTER TABLE t ADD c int;\n"
     "INSERT INTO t VALUES (1);\nALTER TABLE t ADD d int;", "4"},
    {"[select]", "statement-timeout-of-run", NULL, "SELECT 1;\nSET statement_timeout = '5s';\nSELECT 2;", "1"},
    {"[select]", "idle-timeout-in-force", NULL,
     "SELECT 1;\nSET idle_in_transaction_session_timeout = '5s';\nSELECT 2;", "3"},
    {"[update]", "holds-access-exclusive", table_t,
     "UPDATE t SET a = 1;\nALTER TABLE t ADD c int;\nUPDATE t SET c = 1;", "3"},
    {"[update]", "holds-access-exclusive", NULL, "CREATE TABLE n (a int);\nALTER TABLE n ADD c int;\nUPDATE n SET c = 1;", ""},
    {"[update]", "holds-access-exclusive-elsewhere", table_t,
     "ALTER TABLE t ADD c int;\nUPDATE t SET c = 1;\nUPDATE u SET c = 1;", "3"},
    {"[add-column]", "other-exclusive-locks", table_t,
     "ALTER TABLE t ADD c int;\nALTER TABLE t ADD d int;\nALTER TABLE u ADD c int;\nALTER TABLE u ADD d int;", "3"},
    {"[add-column]", "altered-before", table_t,
     "ALTER TABLE t ADD c int, ADD d int;\nALTER TABLE t ADD e int;\nALTER TABLE u ADD c int;", "2"},
    {"[add-constraint, create-table]", "foreign-keys > 1", "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);",
     "CREATE TABLE x (p int REFERENCES a);\nCREATE TABLE y (p int REFERENCES a);\nCREATE TABLE z (p int REFERENCES b);", "3"},
    {"[add-column]", "lock-timeout-in-force", NULL,
     "ALTER TABLE t ADD a int;\nSET lock_timeout = '2s';\nALTER TABLE t ADD b int;\nSET lock_timeout = 0;\n"
     "ALTER TABLE t ADD c int;", "1 3"},
    {"[insert, alter-other, update]", "value-used-before-commit", "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x e, y text);",
     "ALTER TYPE e ADD VALUE 'b';\nINSERT INTO t VALUES ('b', 'c');\nINSERT INTO t VALUES ('a', 'c');", ""},
    {"[insert]", "value-used-before-commit", "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x e, y text); CREATE TABLE u (y text);",
     "BEGIN;\nALTER TYPE e ADD VALUE 'b';\nINSERT INTO t VALUES ('b', 'c');\nINSERT INTO u VALUES ('b');\nCOMMIT;\n"
     "INSERT INTO t VALUES ('b', 'c');", "3"},
    {"[insert]", "value-used-before-commit", "CREATE TABLE t (y text);",
     "BEGIN;\nCREATE TYPE e AS ENUM ('a');\nALTER TYPE e ADD VALUE 'b';\nCREATE TABLE n (x e);\n"
     "INSERT INTO n VALUES ('b');\nCOMMIT;", ""},
    /* sending it */
    {INDEX, "sent-alone", NULL, "CREATE INDEX CONCURRENTLY i ON t (a);", "1"},
    {INDEX, "sent-alone", NULL, "BEGIN;\nCREATE INDEX CONCURRENTLY i ON t (a);", ""},
    {"[refresh]", "not has-unique-index", "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a; CREATE UNIQUE INDEX v_e ON v ((a + 1));",
     "REFRESH MATERIALIZED VIEW v;\nCREATE UNIQUE INDEX v_a ON v (a);\nREFRESH MATERIALIZED VIEW v;\nREFRESH MATERIALIZED VIEW w;", "1"},
    {INDEX, "goes-with-transaction", NULL,
     "CREATE INDEX i ON t (a);\nBEGIN;\nCREATE INDEX j ON t (a);\nCOMMIT;\nCREATE INDEX k ON t (a);\nVACUUM;", "3"},
    {"all", "refused-in-transaction", NULL,
     "VACUUM t;\nCREATE INDEX CONCURRENTLY i ON t (a);\nCREATE INDEX j ON t (a);\nDROP DATABASE d;\nALTER TYPE e ADD VALUE 'x';", "1 2 4"},
    {"[create-index, validate-constraint]", "long-without-blocking", NULL,
     "CREATE INDEX CONCURRENTLY i ON t (a);\nCREATE INDEX j ON t (a);\nALTER TABLE t VALIDATE CONSTRAINT c;", "1 3"},
    {"[add-constraint]", "dropped-before", NULL,
     "ALTER TABLE t DROP CONSTRAINT IF EXISTS c;\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);\n"
     "ALTER TABLE t ADD CONSTRAINT d CHECK (a > 0);", "2"},
    {"all", "not repeatable", NULL,
     "CREATE TABLE t ();\nCREATE TABLE IF NOT EXISTS t ();\nALTER TABLE t ALTER a SET DEFAULT 1;\n"
     "DROP INDEX IF EXISTS i;\nCREATE INDEX i ON t (a);", "1 3"},
    {"[update, insert, delete]", "writes-many-rows", NULL,
     "UPDATE t SET a = 1;\nUPDATE t SET a = 1 WHERE id = 3;\nINSERT INTO t VALUES (1);\nINSERT INTO t SELECT * FROM u;\n"
     "DELETE FROM t WHERE a > 3;", "1 4 5"},
    {"[update, insert]", "only-own-tables", NULL,
     "CREATE TABLE n (a int);\nCREATE TABLE m (a int);\nINSERT INTO n SELECT a FROM m;\nINSERT INTO n SELECT a FROM u;\n"
     "UPDATE n SET a = 1;\nUPDATE t SET a = 1;", "3 5"},
    /* style */
    {ADD, "name-needs-quotes", NULL, "ALTER TABLE t ADD \"Ab\" int;\nALTER TABLE t ADD Ab int;", "1"},
    {"[add-constraint]", "not name-ends-with _fkey", NULL,
     "ALTER TABLE t ADD CONSTRAINT a_fkey FOREIGN KEY (a) REFERENCES b;\nALTER TABLE t ADD CONSTRAINT x FOREIGN KEY (a) REFERENCES b;\n"
     "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES b;", "2"},
    {INDEX, "index-has-name", NULL, "CREATE INDEX i ON t (a);\nCREATE INDEX ON t (a);", "1"},
    {INDEX, "complex-index", NULL, "CREATE INDEX ON t (lower(a));\nCREATE INDEX ON t (a) WHERE b;\nCREATE INDEX ON t (a);", "1 2"},
    {"[create-table]", "has-timestamps", NULL,
     "CREATE TABLE t (created_at timestamptz, updated_at timestamptz);\nCREATE TABLE u (created_at timestamptz);", "1"},
    {"[create-table]", "padding > 7", NULL, "CREATE TABLE t (a bool, b int8, c bool, d int8);\nCREATE TABLE u (b int8, a bool);", "1"},
    {ADD, "length-is-checked", NULL,
     "ALTER TABLE t ADD a text CHECK (char_length(a) < 10);\nALTER TABLE t ADD b text;", "1"},
    {ADD, "table-columns > 3", table_t, "ALTER TABLE t ADD x int;\nALTER TABLE u ADD x int;", "1"},
    {"[create-domain]", "domain-has-constraints", NULL, "CREATE DOMAIN d AS int CHECK (VALUE > 0);\nCREATE DOMAIN e AS int;", "1"},
    /* the run */
    {"[select]", "environment development|test", NULL, "SELECT 1", "1"},
    {"[select]", "environment production", NULL, "SELECT 1", ""},
    {"[select]", "server >= 13", NULL, "SELECT 1", "1"},
    {"[select]", "server > 99", NULL, "SELECT 1", ""},
    {"[select]", "direction up", NULL, "SELECT 1", "1"},
    {"[select]", "not connected", NULL, "SELECT 1", "1"},
    {ADD, "table-bytes > 1MB", NULL, "ALTER TABLE t ADD a int", ""},
    {ADD, "maybe table-rows > 10k", NULL, "ALTER TABLE t ADD a int", "1"},
};

static void conditions_hold_where_they_should(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe probe;
        probe_open(&probe);
        bool identifiers = strstr(rows[i].condition, "name-longer") != NULL;
        const char *yaml = arena_printf(&probe.world.tree.arena,
                                        "- {id: probe, title: t, on: %s, message: m, when: ['%s'], each: %s}\n",
                                        rows[i].kinds, rows[i].condition, identifiers ? "identifier" : "action");
        const char *fault = probe_rules(&probe, yaml);
        if (fault != NULL)
            fail_msg("%s: %s", rows[i].condition, fault);
        const char *lines = probe_lines(&probe, rows[i].setup, rows[i].text);
        if (strcmp(lines, rows[i].lines) != 0) {
            print_error("%s in\n%s\n  holds in \"%s\" instead of \"%s\"\n", rows[i].condition, rows[i].text, lines,
                        rows[i].lines);
            wrong++;
        }
        probe_close(&probe);
    }
    assert_int_equal(wrong, 0);
}

/* A row of a table that no test asks would be one that nobody has seen to work. */
static bool is_asked(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *at = strstr(rows[i].condition, name);
        if (at != NULL && (at == rows[i].condition || at[-1] == ' ') && strcspn(at, " ") == strlen(name))
            return true;
    }
    return false;
}

static void every_condition_is_asked(void **state)
{
    (void)state;
    size_t unasked = 0;
    for (const struct condition_subject *subject = condition_subjects; subject->title != NULL; subject++)
        for (const struct condition_row *row = subject->rows; row->name != NULL; row++)
            if (!is_asked(row->name)) {
                print_error("%s is not asked\n", row->name);
                unasked++;
            }
    assert_int_equal(unasked, 0);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    static const struct { const char *text, *message, *hint; } cases[] = {
        {"table-is-now", "unknown condition \"table-is-now\"", "did you mean \"table-is-new\"?"},
        {"not", "a condition is missing", NULL},
        {"not not cascade", "unknown condition \"not\"", NULL},
        {"server 12", "server wants an operator and a number: server >= 12", NULL},
        {"server >= twelve", "server >= wants a number, such as 12, 10k or 10MB", NULL},
        {"columns > 3 4", "\"4\" is more than the condition columns takes", NULL},
        {"lock >= ACCES-EXCLUSIVE", "unknown lock \"ACCES-EXCLUSIVE\"", "did you mean \"ACCESS-EXCLUSIVE\"?"},
        {"constraint-is unique|chek", "unknown constraint-is \"chek\"", "did you mean \"check\"?"},
        {"constraint-is", "constraint-is wants a word",
         "there are check, foreign-key, unique, primary-key, exclusion and not-null"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {.arena = &arena};
        struct condition condition;
        assert_int_equal(condition_read(&arena, cases[i].text, (struct place){"f.yaml", 3, 4}, &condition, &err), -1);
        assert_string_equal(err.message, cases[i].message);
        if (cases[i].hint != NULL)
            assert_string_equal(err.hint, cases[i].hint);
        assert_string_equal(err.place.file, "f.yaml");
        assert_int_equal(err.place.column, 4);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_hold_where_they_should),
        cmocka_unit_test(every_condition_is_asked),
        cmocka_unit_test(what_is_wrong_is_said),
    };
    return cmocka_run_group_tests_name("condition", tests, NULL, NULL);
}
