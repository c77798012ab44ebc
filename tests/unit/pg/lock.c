#include "pg/lock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* Keys observed from golang-migrate's command line (the path with its slash) and by its library (without). */
static const struct {
    const char *schema, *table, *database;
    int64_t key;
} keys[] = {
    {"public", "schema_migrations", "/d", 3075129180},  {"billing", "schema_migrations", "/d", 1645376170},
    {"public", "billing.mig", "/d", 3092003247},        {"billing", "mig", "/d", 1062934385},
    {"public", "mig", "/d", 3387730404},                {"public", "schema_migrations", "d", 2433001053},
    {"public", "schema_migrations", "/", 2551455205},   {"schema_name_1", "schema_name_2", "database_name", 3743845847},
};

static void key_is_golang_migrates(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        assert_int_equal(lock_key(keys[i].schema, keys[i].table, keys[i].database), keys[i].key);
}

static void keys_are_sorted_and_each_once(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct lock_keys some = {0};
    lock_add_keys(&arena, &some, "public", "schema_migrations", "/d", "d");
    lock_add_keys(&arena, &some, "public", "schema_migrations", NULL, "d");
    assert_int_equal(some.count, 2);
    assert_true(some.at[0] < some.at[1]);
    assert_string_equal(lock_keys_text(&arena, &some), "{2433001053,3075129180}");
    lock_add_keys(&arena, &some, "public", "schema_migrations", "/", "d");
    assert_int_equal(some.count, 3);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_is_golang_migrates),
        cmocka_unit_test(keys_are_sorted_and_each_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
