#include "model/config.h"

#include "base/map.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static void put_new(struct map *map, const char *key)
{
    if (map_find(map, key) != NULL)
        fail_msg("%s is in two rows", key);
    map_put(&arena, map, key, map);
}

static void rows_are_complete_and_share_nothing(void **state)
{
    (void)state;
    struct map names = {0}, variables = {0}, keys = {0};
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct setting_row *row = &setting_rows[i];
        assert_non_null(row->name);
        assert_non_null(row->summary);
        assert_int_equal(row->summary[strlen(row->summary) - 1], '.');
        put_new(&names, row->name);
        for (const char *const *at = row->variables; *at != NULL; at++)
            put_new(&variables, *at);
        for (const char *const *at = row->keys; *at != NULL; at++)
            put_new(&keys, *at);
        assert_null(row->variables[sizeof row->variables / sizeof *row->variables - 1]);
        assert_null(row->keys[sizeof row->keys / sizeof *row->keys - 1]);
    }
}

static void each_setting_has_a_variable_of_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < SETTINGS; i++) {
        char *own = arena_printf(&arena, "SKEIN_%s", setting_rows[i].name);
        for (char *at = own; *at != '\0'; at++)
            *at = *at == '-' ? '_' : (char)toupper((unsigned char)*at);
        assert_string_equal(setting_rows[i].variables[0], own);
    }
}

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_complete_and_share_nothing),
        cmocka_unit_test(each_setting_has_a_variable_of_its_own),
    };
    return cmocka_run_group_tests_name("setting", tests, NULL, release);
}
