/*
 * libFuzzer's door to the judging of SQL.  The data is read as choices: which statement comes next, and on which of a
 * few names, so that almost all of it is valid SQL that works on what came before.  Whatever the script: nothing
 * crashes, and findings stand in the text.
 */
#include "review/review.h"
#include "sql/grammar.h"

#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* T a table, C a column, K a constraint, I an index, Y a type, E an expression, S a schema's name and a dot or nothing. */
static const char *const statements[] = {
    "CREATE TABLE ST (C Y, C Y NOT NULL DEFAULT E, PRIMARY KEY (C))",
    "CREATE TABLE IF NOT EXISTS ST (C Y CONSTRAINT K CHECK (C > 0), C Y UNIQUE, C Y REFERENCES ST)",
    "CREATE TABLE ST (LIKE ST INCLUDING ALL)",
    "CREATE TABLE ST () INHERITS (ST)",
    "CREATE TABLE ST (C Y, C Y) PARTITION BY RANGE (C)",
    "CREATE TABLE ST (C Y, C Y) PARTITION BY LIST (C)",
    "CREATE TABLE ST PARTITION OF ST FOR VALUES FROM (1) TO (9)",
    "CREATE TABLE ST PARTITION OF ST DEFAULT",
    "CREATE TEMP TABLE T (C Y) ON COMMIT DROP",
    "CREATE TABLE ST AS SELECT * FROM ST WHERE C = E",
    "CREATE VIEW ST AS SELECT C, C FROM ST",
    "CREATE OR REPLACE VIEW ST AS SELECT C FROM ST JOIN ST USING (C)",
    "CREATE MATERIALIZED VIEW ST AS SELECT C FROM ST WITH NO DATA",
    "REFRESH MATERIALIZED VIEW CONCURRENTLY ST",
    "CREATE INDEX I ON ST (C, C) INCLUDE (C)",
    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS I ON ST (lower(C)) WHERE C IS NOT NULL",
    "CREATE INDEX I ON ONLY ST (C)",
    "ALTER INDEX SI ATTACH PARTITION SI",
    "ALTER INDEX SI RENAME TO I",
    "DROP INDEX CONCURRENTLY IF EXISTS SI",
    "DROP INDEX SI, SI CASCADE",
    "REINDEX TABLE CONCURRENTLY ST",
    "ALTER TABLE ST ADD COLUMN IF NOT EXISTS C Y DEFAULT E",
    "ALTER TABLE ST ADD COLUMN C Y GENERATED ALWAYS AS IDENTITY, ADD COLUMN C serial",
    "ALTER TABLE ST ADD COLUMN C Y NOT NULL CONSTRAINT K REFERENCES ST (C) ON DELETE CASCADE",
    "ALTER TABLE ST DROP COLUMN IF EXISTS C CASCADE",
    "ALTER TABLE ST ALTER COLUMN C TYPE Y USING C::Y",
    "ALTER TABLE ST ALTER C SET NOT NULL, ALTER C DROP DEFAULT",
    "ALTER TABLE ST ALTER C DROP NOT NULL",
    "ALTER TABLE ST ADD CONSTRAINT K CHECK (C IS NOT NULL AND C > 3) NOT VALID",
    "ALTER TABLE ST ADD CONSTRAINT K FOREIGN KEY (C, C) REFERENCES ST (C, C) NOT VALID",
    "ALTER TABLE ST ADD CONSTRAINT K UNIQUE USING INDEX I",
    "ALTER TABLE ST ADD PRIMARY KEY (C), ADD UNIQUE (C)",
    "ALTER TABLE ST ADD CONSTRAINT K EXCLUDE USING gist (C WITH =)",
    "ALTER TABLE ST VALIDATE CONSTRAINT K",
    "ALTER TABLE ST DROP CONSTRAINT IF EXISTS K CASCADE",
    "ALTER TABLE ST RENAME CONSTRAINT K TO K",
    "ALTER TABLE ST RENAME COLUMN C TO C",
    "ALTER TABLE ST RENAME TO T",
    "ALTER TABLE ST SET SCHEMA other",
    "ALTER TABLE ST ATTACH PARTITION ST FOR VALUES IN (1, 2)",
    "ALTER TABLE ST DETACH PARTITION ST CONCURRENTLY",
    "ALTER TABLE ST INHERIT ST",
    "ALTER TABLE ST SET UNLOGGED",
    "ALTER TABLE ST CLUSTER ON I",
    "DROP TABLE IF EXISTS ST, ST CASCADE",
    "DROP VIEW ST",
    "DROP SCHEMA IF EXISTS other CASCADE",
    "CREATE SCHEMA other",
    "TRUNCATE ST, ST CASCADE",
    "CREATE TYPE Y AS ENUM ('a', 'b')",
    "ALTER TYPE Y ADD VALUE IF NOT EXISTS 'c' BEFORE 'a'",
    "ALTER TYPE Y RENAME TO Y",
    "DROP TYPE IF EXISTS Y CASCADE",
    "CREATE DOMAIN Y AS int CHECK (VALUE > 0)",
    "ALTER DOMAIN Y ADD CONSTRAINT K CHECK (VALUE < 9) NOT VALID",
    "CREATE SEQUENCE ST OWNED BY T.C",
    "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE ST ADD COLUMN C Y; DROP TABLE IF EXISTS ST; END $$",
    "SELECT f()",
    "DROP FUNCTION IF EXISTS f",
    "DO $$ BEGIN IF true THEN CREATE TABLE ST (C Y); ELSE DROP TABLE ST; END IF; EXECUTE 'DROP TABLE ST'; END $$",
    "CREATE TRIGGER K BEFORE INSERT ON ST FOR EACH ROW EXECUTE FUNCTION f()",
    "CREATE POLICY K ON ST USING (C = E)",
    "INSERT INTO ST (C, C) SELECT C, C FROM ST",
    "INSERT INTO ST VALUES (E)",
    "UPDATE ST SET C = E, C = E",
    "DELETE FROM ST WHERE C = E",
    "COPY ST FROM '/dev/null'",
    "LOCK TABLE ST IN SHARE MODE",
    "SET search_path = other, public",
    "SET LOCAL lock_timeout = '1s'",
    "RESET ALL",
    "BEGIN",
    "COMMIT",
    "COMMIT AND CHAIN",
    "ROLLBACK",
    "SAVEPOINT a",
    "ROLLBACK TO a",
    "RELEASE a",
    "-- skein: ignore drop-table,drop-column for a reason\nSELECT 1",
    "VACUUM FULL ST",
    "SELECT 1 FROM ST FOR UPDATE",
};

struct choices {
    const uint8_t *at, *end;
};

static unsigned choose(struct choices *choices, unsigned count)
{
    return choices->at < choices->end ? *choices->at++ % count : 0;
}

static void add_word(struct str *text, char kind, struct choices *choices)
{
    static const char *const types[] = {"int", "bigint", "varchar(10)", "varchar(20)", "text", "timestamptz", "y1", "y2"};
    static const char *const values[] = {"1", "NULL", "now()", "random()", "'a'::y1", "lower('X')"};
    static const char *const schemas[] = {"", "", "", "public.", "other."};
    switch (kind) {
    case 'T': str_addf(text, "t%u", choose(choices, 4)); break;
    case 'C': str_addf(text, "c%u", choose(choices, 4)); break;
    case 'K': str_addf(text, "k%u", choose(choices, 3)); break;
    case 'I': str_addf(text, "i%u", choose(choices, 3)); break;
    case 'Y': str_add(text, types[choose(choices, 8)]); break;
    case 'E': str_add(text, values[choose(choices, 6)]); break;
    default: str_add(text, schemas[choose(choices, 5)]); break;
    }
}

static bool stands_alone(const char *statement, const char *at)
{
    bool before = at == statement || strchr(" (.", at[-1]) != NULL || (at[-1] == 'S' && strchr("TI", *at) != NULL);
    bool behind = at[1] == '\0' || strchr(" (),;.:'", at[1]) != NULL || (*at == 'S' && strchr("TI", at[1]) != NULL);
    return before && behind && strchr("TCKIYES", *at) != NULL;
}

static void add_statement(struct str *text, struct choices *choices)
{
    const char *statement = statements[choose(choices, sizeof(statements) / sizeof(*statements))];
    for (const char *at = statement; *at != '\0'; at++) {
        if (stands_alone(statement, at))
            add_word(text, *at, choices);
        else
            str_add_char(text, *at);
    }
    str_add(text, ";\n");
}

/* Read once, in an arena that is never released. */
static const struct rule_set *all_rules(const struct config *config)
{
    static struct arena kept;
    static struct rule_set rules;
    struct err err = {.arena = &kept};
    if (rules.all.count > 0)
        return &rules;
    if (rules_read(&kept, config, &rules, &err) != 0) {
        fprintf(stderr, "%s\n", err.message);
        abort();
    }
    struct strings names = *rules_names(&kept, &rules);
    if (rules_only(&kept, &rules, &names, &err) != 0)
        abort();
    return &rules;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct choices choices = {data, data + size};
    struct findings findings = {0};
    struct config config = {.root = "/nonexistent"};
    struct str text = str_new(&arena);
    config.values[SETTING_SERVER_VERSION].number = 12 + (long long)choose(&choices, 7);
    enum review_transaction transaction = (enum review_transaction)choose(&choices, 3);
    while (choices.at < choices.end && text.length < 8192)
        add_statement(&text, &choices);
    struct review review = {
        .arena = &arena, .rules = all_rules(&config), .findings = &findings, .transaction = transaction};
    review_text(&review, &config, "fuzz.sql", text.at, text.length, NULL);
    vec_each(finding, &findings)
        if (finding->place.line < 1 || finding->place.column < 1 || finding->message == NULL)
            abort();
    arena_release(&arena);
    return 0;
}
