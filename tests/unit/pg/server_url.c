#include "pg/server_url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_plain_path(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(server_url(&arena, "/run/skein/0a1b"),
                        "postgres://postgres@/skein?host=/run/skein/0a1b&port=5432&sslmode=disable");
    arena_release(&arena);
}

static void test_hostile_path(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(server_url(&arena, "/tmp/a b&c=%d?#\xc3\xa9"),
                        "postgres://postgres@/skein?host=/tmp/a%20b%26c%3D%25d%3F%23%C3%A9&port=5432&sslmode=disable");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_plain_path), cmocka_unit_test(test_hostile_path)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
