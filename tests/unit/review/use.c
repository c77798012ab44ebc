#include "review/use.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* "r a.t! r u?": class and name; '!' it alters, '+' it touches, '?' it does without. */
static const char *uses_text(struct arena *arena, const char *sql)
{
    struct actions actions = {0};
    struct action_faults faults = {0};
    struct uses uses = {0};
    struct str text = str_new(arena);
    actions_read(arena, sql, strlen(sql), &actions, &faults);
    assert_int_equal(faults.count, 0);
    vec_each(action, &actions)
        uses_of(arena, action, &uses);
    vec_each(use, &uses)
        str_addf(&text, "%s%c %s%s%s%s%s", text.length == 0 ? "" : ", ", " rtf"[use->class],
                 use->name.schema == NULL ? "" : use->name.schema, use->name.schema == NULL ? "" : ".", use->name.name,
                 use->alters ? "!" : use->touches ? "+" : "", use->certain ? "" : "?");
    return text.at;
}

static void what_statements_use(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *uses;
    } rows[] = {
        {"CREATE TABLE t (id int PRIMARY KEY, at timestamptz DEFAULT now(), name text)", ""},
        {"CREATE TABLE t (u uuid REFERENCES a.users (id), c a.channel)", "r a.users+, t a.channel"},
        {"CREATE TABLE t (u uuid, FOREIGN KEY (u) REFERENCES users)", "r users+"},
        {"CREATE TABLE t (LIKE a.u)", "r a.u"},
        {"CREATE TABLE p PARTITION OF t FOR VALUES IN (1)", "r t!"},
        {"CREATE TABLE t () INHERITS (a.base)", "r a.base+"},
        {"ALTER TABLE a.t ADD COLUMN c a.mood", "r a.t!, t a.mood"},
        {"ALTER TABLE IF EXISTS t DROP COLUMN c", "r t!?"},
        {"CREATE INDEX i ON a.t (c)", "r a.t!"},
        {"DROP TABLE a.t", "r a.t!"},
        {"DROP TABLE IF EXISTS a.t", "r a.t!?"},
        {"CREATE VIEW v AS SELECT * FROM a.t JOIN u ON true", "r a.t, r u"},
        {"INSERT INTO t SELECT * FROM a.u", "r t!, r a.u"},
        {"UPDATE t SET a = 1", "r t!"},
        {"COMMENT ON TABLE t IS 'x'", "r t+"},
        {"COMMENT ON COLUMN a.t.c IS 'x'", "r a.t+"},
        {"CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION a.f()", "r t!, f a.f"},
        {"DROP TRIGGER x ON t", "r t!"},
        {"ALTER TABLE t ALTER COLUMN c SET DEFAULT a.f(1)", "r t!, f a.f"},
        {"ALTER TYPE a.mood ADD VALUE 'x'", "t a.mood!"},
        {"CREATE TEMPORARY TABLE t (u uuid)", ""},
        {"DO $$ BEGIN IF true THEN INSERT INTO a.t VALUES (1); END IF; END $$", "r a.t!?"},
        {"SELECT 1", ""},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena arena = {0};
        print_message("%s\n", rows[i].sql);
        assert_string_equal(uses_text(&arena, rows[i].sql), rows[i].uses);
        arena_release(&arena);
    }
}

/* The server looks into a body of SQL at once, into one of plpgsql when it is called; neither runs. */
static void bodies_are_for_later(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(uses_text(&arena, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT x FROM a.t'"), "r a.t");
    assert_string_equal(uses_text(&arena, "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS "
                                          "'BEGIN INSERT INTO a.t VALUES (1); END'"), "r a.t+?");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_statements_use),
        cmocka_unit_test(bodies_are_for_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
