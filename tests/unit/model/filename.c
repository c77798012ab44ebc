#include "model/filename.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* As golang-migrate v4.19.1 takes them. */
static void halves_are_golang_migrates(void **state)
{
    (void)state;
    static const struct {
        const char *base;
        uint64_t version;
        enum direction direction;
        const char *name;
        bool backup;
    } cases[] = {
        {"000001_init.up.sql", 1, DIRECTION_UP, "init", false},
        {"1_a.down.sql", 1, DIRECTION_DOWN, "a", false},
        {"3_.up.sql", 3, DIRECTION_UP, "", false},
        {"8_e.up.", 8, DIRECTION_UP, "e", false},
        {"14_t.up.txt", 14, DIRECTION_UP, "t", false},
        {"4_x.up.sql.bak", 4, DIRECTION_UP, "x", true},
        {"17_nl.up.sql~", 17, DIRECTION_UP, "nl", true},
        {"11_up.down.up.sql", 11, DIRECTION_UP, "up.down", false},
        {"12_x.up.down.sql", 12, DIRECTION_DOWN, "x.up", false},
        {"00000000000000000000000000000016_z.up.sql", 16, DIRECTION_UP, "z", false},
        {"0_zero.up.sql", 0, DIRECTION_UP, "zero", false},
        {"9223372036854775807_max.up.sql", 9223372036854775807u, DIRECTION_UP, "max", false},
        {"20240101120000_with space 'quote'.up.sql", 20240101120000u, DIRECTION_UP, "with space 'quote'", false},
        {"5__x.up.sql", 5, DIRECTION_UP, "_x", false},
        {"5_\xff.up.sql", 5, DIRECTION_UP, "\xff", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct filename file = filename_read(cases[i].base);
        assert_int_equal(file.kind, FILENAME_HALF);
        assert_true(file.version == cases[i].version);
        assert_int_equal(file.direction, cases[i].direction);
        assert_true(span_equals(file.name, cases[i].name));
        assert_int_equal(file.backup, cases[i].backup);
        assert_false(file.too_large);
    }
}

static void versions_beyond_the_database_are_marked(void **state)
{
    (void)state;
    static const char *const cases[] = {"9223372036854775808_x.up.sql", "18446744073709551616_x.down.sql",
                                        "99999999999999999999_x.up.sql", "9223372036854775808_x.sql"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(filename_read(cases[i]).too_large);
}

static void others(void **state)
{
    (void)state;
    static const struct {
        const char *base;
        enum filename_kind kind;
        const char *why;
    } cases[] = {
        {"000001_init.sql", FILENAME_SINGLE, NULL},
        {"000001_down.sql", FILENAME_SINGLE, NULL},
        {"README.md", FILENAME_OTHER, NULL},
        {"dependencies.json", FILENAME_OTHER, NULL},
        {"docs", FILENAME_OTHER, NULL},
        {"", FILENAME_OTHER, NULL},
        {".4_x.up.sql.swp", FILENAME_OTHER, NULL},
        {"000001_init", FILENAME_OTHER, NULL},
        {"6_six.UP.sql", FILENAME_NEAR_MISS, "lower case"},
        {"6_six.Down.sql", FILENAME_NEAR_MISS, "lower case"},
        {"0x7_a.up.sql", FILENAME_NEAR_MISS, "digits and an underscore"},
        {"9.nine.up.sql", FILENAME_NEAR_MISS, "digits and an underscore"},
        {"+15_p.up.sql", FILENAME_NEAR_MISS, "digits and an underscore"},
        {" 7_sp.up.sql", FILENAME_NEAR_MISS, "digits and an underscore"},
        {"create_users.sql", FILENAME_NEAR_MISS, "expected"},
        {"5_x.up", FILENAME_NEAR_MISS, "extension"},
        {"5_a\nb.up.sql", FILENAME_NEAR_MISS, "line break"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct filename file = filename_read(cases[i].base);
        assert_int_equal(file.kind, cases[i].kind);
        if (cases[i].why != NULL)
            assert_non_null(strstr(file.why, cases[i].why));
    }
}

static void references(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        uint64_t version;
        const char *name;
    } cases[] = {
        {"000002", true, 2, NULL}, {"2", true, 2, NULL}, {"000002_name", true, 2, "name"}, {"2_", true, 2, ""},
        {"0", true, 0, NULL}, {"", false, 0, NULL}, {"two", false, 0, NULL}, {"2x", false, 0, NULL},
        {"-1", false, 0, NULL}, {" 2", false, 0, NULL}, {"9223372036854775808", false, 0, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t version;
        const char *name;
        assert_int_equal(filename_reference(cases[i].text, &version, &name), cases[i].ok);
        if (!cases[i].ok)
            continue;
        assert_true(version == cases[i].version);
        assert_true(str_same(name, cases[i].name));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(halves_are_golang_migrates),
        cmocka_unit_test(versions_beyond_the_database_are_marked),
        cmocka_unit_test(others),
        cmocka_unit_test(references),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
