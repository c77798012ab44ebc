#include "../model/world.h"

#include "review/derived.h"
#include "review/review.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char setup[] = "CREATE TABLE a.orders (id bigint PRIMARY KEY, customer bigint, note varchar(10), total int);\n"
                            "CREATE TABLE a.customers (id bigint PRIMARY KEY);\n"
                            "CREATE INDEX orders_note ON a.orders (note);\nCREATE VIEW a.open AS SELECT 1 AS x;\n";

/* "high: rewrites a.orders while nobody can read it; medium: …"; "low" when there is nothing to say. */
static const char *risk_text(struct arena *arena, const struct risk *risk)
{
    struct str text = str_new(arena);
    assert_non_null(risk);
    vec_each(reason, &risk->reasons)
        str_addf(&text, "%s%s: %s", text.length == 0 ? "" : "; ", risk_level_names[reason->level], reason->text);
    return text.length == 0 ? risk_level_names[risk->level] : text.at;
}

static const char *risk_of(struct world *world, const char *up, const char *down, enum direction direction,
                           const struct table_sizes *sizes)
{
    struct arena *arena = &world->tree.arena;
    struct rule_set none = {0};
    world_open(world);
    tree_add(&world->tree, "services/a/migrations/1_a.up.sql", setup);
    tree_add(&world->tree, "services/a/migrations/1_a.down.sql", "select 1");
    tree_add(&world->tree, "services/a/migrations/2_b.up.sql", up);
    tree_add(&world->tree, "services/a/migrations/2_b.down.sql", down);
    assert_int_equal(world_read(world), 0);
    struct derived *derived = derived_new(arena, &world->catalog, NULL);
    struct review review = {.arena = arena, .rules = &none, .findings = &world->findings, .sizes = sizes, .derived = derived};
    review_catalog(&review, &world->catalog, NULL);
    const struct migration *migration = world->catalog.order.at[1];
    const struct risk *risk = derived_risk(derived, migration, direction);
    enum risk_level worst = RISK_LOW;
    vec_each(reason, &risk->reasons)
        worst = reason->level > worst ? reason->level : worst;
    assert_int_equal(risk->level, worst);
    return risk_text(arena, risk);
}

static void reasons_are_those_of_the_sql(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *risk;
    } rows[] = {
        {"CREATE TABLE a.t (id int PRIMARY KEY, o bigint REFERENCES a.orders)", "low"},
        {"COMMENT ON TABLE a.orders IS 'x'", "low"},
        {"INSERT INTO a.customers VALUES (1)", "low"},
        {"ALTER TABLE a.orders ADD COLUMN c text", "low"},
        {"ALTER TABLE a.orders ADD COLUMN c int DEFAULT 1", "low"},
        {"CREATE INDEX CONCURRENTLY i ON a.orders (total)", "low"},
        {"CREATE TABLE a.t (id int); CREATE INDEX ON a.t (id); DROP TABLE a.t", "low"},
        {"CREATE INDEX i ON a.orders (total)", "medium: builds an index of a.orders while nobody can write it"},
        {"UPDATE a.orders SET total = 1 WHERE id = 1", "low: changes rows of a.orders"},
        {"UPDATE a.orders o SET total = 1 FROM a.customers c WHERE c.id = o.customer", "medium: may change every row of a.orders"},
        {"UPDATE a.orders o SET total = 1 FROM a.customers c WHERE c.id = o.customer AND o.total = 0", "low: changes rows of a.orders"},
        {"REVOKE ALL ON a.orders FROM PUBLIC", "medium: takes privileges on a.orders from roles"},
        {"REVOKE ALL ON a.orders, a.customers FROM PUBLIC", "medium: takes privileges on a.orders and a.customers from roles"},
        {"REVOKE x FROM y", "medium: takes roles from roles"},
        {"GRANT SELECT ON a.orders TO PUBLIC", "low"},
        {"ALTER TABLE a.orders ENABLE ROW LEVEL SECURITY",
         "high: hides every row of a.orders that no policy shows, and makes no policy"},
        {"ALTER TABLE a.orders ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON a.orders USING (true)",
         "medium: hides every row of a.orders that no policy shows"},
        {"CREATE TABLE a.t (id int); ALTER TABLE a.t ENABLE ROW LEVEL SECURITY", "low"},
        {"CREATE RULE r AS ON DELETE TO a.orders DO INSTEAD NOTHING",
         "medium: makes statements on a.orders do something else instead"},
        {"ALTER TABLE a.orders DISABLE TRIGGER x", "medium: disables a trigger of a.orders"},
        {"MERGE INTO a.orders o USING a.customers c ON o.id = c.id WHEN MATCHED THEN DELETE", "medium: deletes rows of a.orders"},
        {"MERGE INTO a.orders o USING a.customers c ON o.id = c.id WHEN MATCHED THEN UPDATE SET total = 1",
         "low: changes rows of a.orders"},
        {"MERGE INTO a.orders o USING a.customers c ON o.id = c.id WHEN NOT MATCHED THEN INSERT (id) VALUES (c.id)", "low"},
        {"INSERT INTO a.customers VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2", "low: changes rows of a.customers"},
        {"UPDATE a.orders SET total = 1", "medium: changes every row of a.orders"},
        {"DELETE FROM a.orders WHERE id = 1", "medium: deletes rows of a.orders"},
        {"DELETE FROM a.orders", "critical: deletes every row of a.orders"},
        {"DROP TABLE a.orders", "critical: drops the table a.orders"},
        {"DROP SCHEMA a CASCADE", "critical: drops the schema a"},
        {"TRUNCATE a.orders", "critical: empties a.orders"},
        {"ALTER TABLE a.orders DROP COLUMN note", "high: drops the column a.orders.note"},
        {"ALTER TABLE a.orders ALTER COLUMN note TYPE varchar(20)", "medium: changes the type of a.orders.note"},
        {"ALTER TABLE a.orders ALTER COLUMN total TYPE bigint",
         "high: changes the type of a.orders.total; high: rewrites a.orders while nobody can read it"},
        {"ALTER TABLE a.orders ALTER COLUMN total SET NOT NULL", "high: reads all of a.orders while nobody can read it"},
        {"ALTER TABLE a.orders RENAME COLUMN note TO remark", "medium: renames the column a.orders.note"},
        {"ALTER TABLE a.orders RENAME TO purchases", "medium: renames a.orders"},
        {"DROP VIEW a.open", "medium: drops the view a.open"},
        {"DROP VIEW a.open; CREATE VIEW a.open AS SELECT 2 AS x", "low"},
        {"DROP INDEX a.orders_note", "medium: drops the index a.orders_note"},
        {"ALTER TABLE a.orders ADD COLUMN c int; ALTER TABLE a.orders DROP COLUMN c", "low"},
        {"DO $$ DECLARE x text; BEGIN SELECT y INTO x FROM a.orders; EXECUTE 'DROP TABLE ' || x; END $$", "low: runs SQL that is only known when it runs"},
        {"CREATE FUNCTION a.f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN TRUNCATE a.orders; END $$", "low"},
        {"CREATE FUNCTION a.f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN TRUNCATE a.orders; END $$; SELECT a.f()", "critical: empties a.orders"},
        {"CREATE FUNCTION a.f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN TRUNCATE a.orders; END $$; DO $$ BEGIN PERFORM a.f(); END $$", "critical: empties a.orders"},
        {"CREATE PROCEDURE a.p() LANGUAGE sql AS 'ALTER TABLE a.orders DROP COLUMN note'; CALL a.p()", "high: drops the column a.orders.note"},
        {"CREATE FUNCTION a.f() RETURNS void LANGUAGE sql AS 'CREATE TABLE a.n (id int); DROP TABLE a.n'; SELECT a.f()", "low"},
        {"CREATE SCHEMA n; DROP TABLE IF EXISTS n.nobody_knows", "low"},
        {"DROP TABLE IF EXISTS a.nobody_knows", "high: drops the table a.nobody_knows"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world world;
        print_message("%s\n", rows[i].sql);
        assert_string_equal(risk_of(&world, rows[i].sql, "select 1", DIRECTION_UP, NULL), rows[i].risk);
        world_close(&world);
    }
}

/* What going up made has been filled since. */
static void going_back_takes_what_came_since(void **state)
{
    (void)state;
    struct world world;
    assert_string_equal(risk_of(&world, "CREATE TABLE a.t (id int)", "DROP TABLE a.t", DIRECTION_DOWN, NULL),
                        "critical: drops the table a.t");
    world_close(&world);
    assert_string_equal(risk_of(&world, "ALTER TABLE a.orders ADD COLUMN c int", "ALTER TABLE a.orders DROP COLUMN c",
                                DIRECTION_DOWN, NULL),
                        "high: drops the column a.orders.c");
    world_close(&world);
}

static void sizes_weigh(void **state)
{
    (void)state;
    static const struct {
        long long rows, bytes;
        const char *sql, *risk;
    } rows[] = {
        {100, 8192, "CREATE INDEX i ON a.orders (total)", "low"},
        {1000000, 100 << 20, "CREATE INDEX i ON a.orders (total)",
         "medium: builds an index of a.orders (100.0 MiB) while nobody can write it"},
        {20000000, 3LL << 30, "CREATE INDEX i ON a.orders (total)",
         "high: builds an index of a.orders (3.0 GiB) while nobody can write it"},
        {20000000, 20LL << 30, "ALTER TABLE a.orders ADD COLUMN c text", "low"},
        {100, 8192, "UPDATE a.orders SET total = 1", "low: changes every row of a.orders"},
        {100, 8192, "DROP TABLE a.orders", "critical: drops the table a.orders"},
        {0, 0, "DROP TABLE a.orders", "high: drops the table a.orders"},
        {-1, -1, "CREATE INDEX i ON a.orders (total)", "medium: builds an index of a.orders while nobody can write it"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world world;
        struct table_size one = {{"a", "orders"}, rows[i].rows, rows[i].bytes};
        struct table_sizes sizes = {&one, 1, 1};
        print_message("%lld %s\n", rows[i].rows, rows[i].sql);
        assert_string_equal(risk_of(&world, rows[i].sql, "select 1", DIRECTION_UP, &sizes), rows[i].risk);
        world_close(&world);
    }
}

static void levels_have_names(void **state)
{
    (void)state;
    assert_int_equal(risk_level_find("critical"), RISK_CRITICAL);
    assert_int_equal(risk_level_find("dire"), RISK_LEVELS);
    assert_int_equal(risk_level_find(NULL), RISK_LEVELS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons_are_those_of_the_sql),
        cmocka_unit_test(going_back_takes_what_came_since),
        cmocka_unit_test(sizes_weigh),
        cmocka_unit_test(levels_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
