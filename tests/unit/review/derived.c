#include "../model/world.h"

#include "review/derived.h"
#include "review/review.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct file {
    const char *path, *text;
};

enum { FILES = 6 };

struct row {
    const char *what;
    struct file files[FILES];
    const char *findings;
};

/* "user 1" is services/user/migrations/1_x.up.sql; "user deps" its dependencies.json. */
static void add(struct world *world, const struct file *file)
{
    struct arena *arena = &world->tree.arena;
    size_t length = strcspn(file->path, " ");
    const char *service = arena_strndup(arena, file->path, length), *what = file->path + length + 1;
    if (strcmp(what, "deps") == 0) {
        tree_add(&world->tree, arena_printf(arena, "services/%s/migrations/dependencies.json", service), file->text);
        return;
    }
    tree_add(&world->tree, arena_printf(arena, "services/%s/migrations/%s_x.up.sql", service, what), file->text);
    tree_add(&world->tree, arena_printf(arena, "services/%s/migrations/%s_x.down.sql", service, what), "select 1;");
}

static const char *find(struct world *world, const struct file *files)
{
    struct arena *arena = &world->tree.arena;
    struct rule_set none = {0};
    world_open(world);
    for (size_t i = 0; i < FILES && files[i].path != NULL; i++)
        add(world, &files[i]);
    assert_int_equal(world_read(world), 0);
    assert_string_equal(world_findings(world), "");
    struct derived *derived = derived_new(arena, &world->catalog, NULL);
    struct review review = {.arena = arena, .rules = &none, .findings = &world->findings, .derived = derived};
    review_catalog(&review, &world->catalog, NULL);
    derived_finish(derived, &world->findings);
    struct str text = str_new(arena);
    vec_each(finding, &world->findings)
        str_addf(&text, "%s%s %s %d:%d", text.length == 0 ? "" : ", ", severity_names[finding->severity], finding->rule,
                 finding->place.line, finding->place.column);
    return text.at;
}

static void run(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct world world;
        print_message("%s\n", rows[i].what);
        assert_string_equal(find(&world, rows[i].files), rows[i].findings);
        world_close(&world);
    }
}

#define USERS {"user 1", "CREATE TABLE \"user\".users (id int PRIMARY KEY);"}

static void dependencies_between_services(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"a foreign key to another service's table",
         {{"auth 2", "CREATE TABLE auth.t (\n  id int REFERENCES \"user\".users);"}, USERS},
         "error undeclared-dependency 2:21"},
        {"declared",
         {{"auth 2", "CREATE TABLE auth.t (id int REFERENCES \"user\".users);"}, USERS,
          {"auth deps", "{\"migrations\": {\"2\": {\"cross_service_dependencies\": {\"user\": [\"1\"]}}}}"}},
         ""},
        {"declared by what it needs",
         {{"auth 2", "CREATE TABLE auth.t (id int REFERENCES \"user\".users);"}, USERS, {"auth 3", "ALTER TABLE auth.t ADD x int REFERENCES \"user\".users;"},
          {"auth deps", "{\"migrations\": {\"2\": {\"cross_service_dependencies\": {\"user\": [\"1\"]}}}}"}},
         ""},
        {"it comes later",
         {{"user 5", "CREATE TABLE \"user\".users (id int PRIMARY KEY);"},
          {"auth 2", "CREATE VIEW auth.v AS SELECT * FROM \"user\".users;"}},
         "error undeclared-dependency 1:37"},
        {"once for each migration that is missing",
         {{"auth 2", "CREATE VIEW auth.v AS SELECT * FROM \"user\".users;\nCREATE VIEW auth.w AS SELECT * FROM \"user\".users;"}, USERS},
         "error undeclared-dependency 1:37"},
        {"a type", {{"user 1", "CREATE TYPE \"user\".mood AS ENUM ('x');"}, {"auth 2", "CREATE TABLE auth.t (m \"user\".mood);"}},
         "error undeclared-dependency 1:24"},
        {"a body that runs later",
         {{"auth 2", "CREATE FUNCTION auth.f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM * FROM \"user\".users; END $$;"}, USERS},
         "warning undeclared-dependency 1:83"},
        {"nobody makes it, in nobody's schema", {{"auth 2", "CREATE VIEW auth.v AS SELECT * FROM legacy.users;"}}, ""},
        {"renamed by another",
         {USERS, {"user 2", "ALTER TABLE \"user\".users RENAME TO people;"}, {"auth 3", "CREATE VIEW auth.v AS SELECT * FROM \"user\".people;"},
          {"auth deps", "{\"migrations\": {\"3\": {\"cross_service_dependencies\": {\"user\": [\"1\"]}}}}"}},
         "error undeclared-dependency 1:37"},
    };
    run(rows, sizeof(rows) / sizeof(rows[0]));
}

static void order_within_a_service(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"made later", {{"a 1", "INSERT INTO a.t VALUES (1);"}, {"a 2", "CREATE TABLE a.t (id int);"}},
         "error used-before-created 1:13"},
        {"made further down", {{"a 1", "INSERT INTO a.t VALUES (1);\nCREATE TABLE a.t (id int);"}},
         "error used-before-created 1:13"},
        {"a table that refers to itself", {{"a 1", "CREATE TABLE a.t (id int PRIMARY KEY, up int REFERENCES a.t);"}}, ""},
        {"never made", {{"a 1", "INSERT INTO a.t VALUES (1);"}}, ""},
        {"was there before, as its drop tells",
         {{"a 1", "INSERT INTO a.t VALUES (1);"}, {"a 2", "DROP TABLE a.t;\nCREATE TABLE a.t (id int);"}}, ""},
        {"may have been there",
         {{"a 1", "INSERT INTO a.t VALUES (1);"}, {"a 2", "CREATE TABLE IF NOT EXISTS a.t (id int);"}},
         "warning used-before-created 1:13"},
        {"the predecessor that is left out",
         {{"a 1", "CREATE TABLE a.s ();"}, {"a 2", "CREATE TABLE a.t (id int);"}, {"a 3", "INSERT INTO a.t VALUES (1);"},
          {"a deps", "{\"3\": [\"1\"]}"}},
         "warning undeclared-dependency 1:13"},
        {"dropped", {{"a 1", "CREATE TABLE a.t (id int);"}, {"a 2", "DROP TABLE a.t;"}, {"a 3", "INSERT INTO a.t VALUES (1);"}},
         "error used-after-dropped 1:13"},
        {"dropped, and only asked for", {{"a 1", "CREATE TABLE a.t (id int);"}, {"a 2", "DROP TABLE a.t;"}, {"a 3", "DROP TABLE IF EXISTS a.t;"}},
         ""},
        {"dropped and made again",
         {{"a 1", "CREATE TABLE a.t (id int);"}, {"a 2", "DROP TABLE a.t; CREATE TABLE a.t (id int);"}, {"a 3", "INSERT INTO a.t VALUES (1);"}},
         ""},
        {"the old name", {{"a 1", "CREATE TABLE a.t (id int);"}, {"a 2", "ALTER TABLE a.t RENAME TO u;"}, {"a 3", "UPDATE a.t SET id = 1;"}},
         "error used-after-dropped 1:8"},
        {"a type that a DO block makes if need be",
         {{"a 1", "DO $$ BEGIN IF NOT EXISTS (SELECT 1) THEN CREATE TYPE a.m AS ENUM ('x'); END IF; END $$;"},
          {"a 2", "CREATE TABLE a.t (m a.m);"}},
         ""},
        {"an ignored one", {{"a 1", "-- skein: ignore used-before-created it comes from a dump\nINSERT INTO a.t VALUES (1);"}, {"a 2", "CREATE TABLE a.t (id int);"}},
         ""},
    };
    run(rows, sizeof(rows) / sizeof(rows[0]));
}

static void schemas_belong_to_services(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"a table in another's schema", {{"a 1", "CREATE TABLE b.t (id int);"}, {"b 1", "SELECT 1;"}}, "error foreign-schema 1:14"},
        {"writing there", {{"a 1", "INSERT INTO b.t VALUES (1);"}, {"b 1", "SELECT 1;"}}, "error foreign-schema 1:13"},
        {"reading there", {{"a 1", "CREATE VIEW a.v AS SELECT * FROM b.t;"}, {"b 1", "SELECT 1;"}}, "warning foreign-schema 1:34"},
        {"with a dependency", {{"a 1", "INSERT INTO b.t VALUES (1);"}, {"b 1", "SELECT 1;"},
          {"a deps", "{\"migrations\": {\"1\": {\"cross_service_dependencies\": {\"b\": [\"1\"]}}}}"}}, ""},
        {"public is everybody's", {{"a 1", "CREATE TABLE public.t (id int);"}, {"b 1", "SELECT 1;"}}, ""},
        {"dropping another's schema", {{"a 1", "DROP SCHEMA b CASCADE;"}, {"b 1", "SELECT 1;"}}, "error foreign-schema 1:13"},
        {"a name without schema, once", {{"a 1", "CREATE TABLE t (id int);\nCREATE TABLE u (id int);"}}, "note unqualified-name 1:14"},
        {"once for a service that never says it", {{"a 1", "CREATE TABLE t (id int);"}, {"a 2", "CREATE TABLE u (id int);"}},
         "note unqualified-name 1:14"},
        {"each file of one that does", {{"a 1", "CREATE TABLE a.s (id int);"}, {"a 2", "CREATE TABLE t (id int);"},
          {"a 3", "CREATE TABLE u (id int);"}}, "note unqualified-name 1:14, note unqualified-name 1:14"},
        {"temporary", {{"a 1", "CREATE TEMPORARY TABLE t (id int);"}}, ""},
        {"where the file says the path", {{"a 1", "SET search_path = a;\nCREATE TABLE t (id int);"}}, ""},
    };
    run(rows, sizeof(rows) / sizeof(rows[0]));
}

static void declarations_are_compared(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"a table that is not named",
         {{"a 1", "CREATE TABLE a.t (id int); CREATE TABLE a.u (id int);"}, {"a deps", "{\"migrations\": {\"1\": {\"affects_tables\": [\"a.t\"]}}}"}},
         "note affects-tables 1:41"},
        {"one that is not touched",
         {{"a 1", "CREATE TABLE a.t (id int);"}, {"a deps", "{\"migrations\": {\"1\": {\"affects_tables\": [\"a.t\", \"a.tt\"]}}}"}},
         "note affects-tables 1:41"},
        {"read is enough, and so is a name alone",
         {{"a 1", "CREATE TABLE a.t (id int REFERENCES a.o);"}, {"a deps", "{\"migrations\": {\"1\": {\"affects_tables\": [\"t\", \"a.o\"]}}}"}},
         ""},
        {"a partition is its parent's",
         {{"a 1", "CREATE TABLE a.t (id int) PARTITION BY LIST (id); CREATE TABLE a.t1 PARTITION OF a.t FOR VALUES IN (1);"},
          {"a deps", "{\"migrations\": {\"1\": {\"affects_tables\": [\"a.t\"]}}}"}},
         ""},
        {"safe to roll back, and it drops",
         {{"a 1", "CREATE TABLE a.t (id int);"}, {"a 2", "DROP TABLE a.t;"}, {"a deps", "{\"migrations\": {\"2\": {\"rollback_safe\": true}}}"}},
         "warning rollback-unsafe 1:40"},
        {"low, and it drops",
         {{"a 1", "CREATE TABLE a.t (id int);"}, {"a 2", "DROP TABLE a.t;"}, {"a deps", "{\"migrations\": {\"2\": {\"risk_level\": \"low\"}}}"}},
         "warning risk-understated 1:37"},
        {"more than it is", {{"a 1", "CREATE TABLE a.t (id int);"}, {"a deps", "{\"migrations\": {\"1\": {\"risk_level\": \"high\"}}}"}}, ""},
    };
    run(rows, sizeof(rows) / sizeof(rows[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dependencies_between_services),
        cmocka_unit_test(order_within_a_service),
        cmocka_unit_test(schemas_belong_to_services),
        cmocka_unit_test(declarations_are_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
