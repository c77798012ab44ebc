#include "model/value.h"

#include "model/strategy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};

static void reads_values_by_type(void **state)
{
    (void)state;
    static const struct { enum setting setting; const char *text, *kept; long long number; } cases[] = {
        {SETTING_TIMEOUT, "300s", "300s", 300000}, {SETTING_TIMEOUT, "0", "0", 0}, {SETTING_WAIT, "596h", "596h", 2145600000},
        {SETTING_OUT_OF_ORDER, "TRUE", "true", 1}, {SETTING_OUT_OF_ORDER, "off", "false", 0},
        {SETTING_OUT_OF_ORDER, "1", "true", 1}, {SETTING_OUT_OF_ORDER, "no", "false", 0},
        {SETTING_DATABASE_PORT, "5432", "5432", 5432}, {SETTING_MAX_RETRIES, "0", "0", 0},
        {SETTING_MAX_FILE_SIZE, "32MiB", "32MiB", 33554432}, {SETTING_MAX_FILE_SIZE, "10MB", "10MB", 10000000},
        {SETTING_MAX_FILE_SIZE, "64KiB", "64KiB", 65536}, {SETTING_MAX_FILE_SIZE, "7", "7", 7},
        {SETTING_APPROACH, "Careful", "careful", 0}, {SETTING_BACKUP, "false", "none", 0},
        {SETTING_BACKUP, "incremental", "affected", 0}, {SETTING_BACKUP, "full", "full", 0},
        {SETTING_ENVIRONMENT, "eu-west_1.blue", "eu-west_1.blue", 0}, {SETTING_DATABASE_USER, " odd 'name'", " odd 'name'", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value value = {0};
        if (value_read(&arena, cases[i].setting, cases[i].text, &value, &err) != 0)
            fail_msg("%s: %s", cases[i].text, err.message);
        assert_string_equal(value.text, cases[i].kept);
        assert_int_equal(value.number, cases[i].number);
    }
}

static void says_what_was_expected(void **state)
{
    (void)state;
    static const struct { enum setting setting; const char *text, *says; } cases[] = {
        {SETTING_TIMEOUT, "30 parsecs", "not a duration; expected"}, {SETTING_TIMEOUT, "-1s", "negative"},
        {SETTING_TIMEOUT, "597h", "at most 596h"}, {SETTING_OUT_OF_ORDER, "maybe", "neither true nor false"},
        {SETTING_DATABASE_PORT, "0", "from 1 to 65535"}, {SETTING_DATABASE_PORT, "65536", "from 1 to 65535"},
        {SETTING_DATABASE_PORT, "54x", "whole number"}, {SETTING_DATABASE_PORT, "", "whole number"},
        {SETTING_DATABASE_PORT, " 5", "whole number"}, {SETTING_DATABASE_PORT, "+5", "whole number"},
        {SETTING_MAX_RETRIES, "-1", "from 0 to 1000"}, {SETTING_MAX_RETRIES, "99999999999999999999", "from 0"},
        {SETTING_MAX_FILE_SIZE, "0", "not a size"}, {SETTING_MAX_FILE_SIZE, "10 MB", "not a size"},
        {SETTING_MAX_FILE_SIZE, "9223372036854775807GiB", "not a size"}, {SETTING_MAX_FILE_SIZE, "MiB", "not a size"},
        {SETTING_APPROACH, "bold", "expected one of aggressive, careful and conservative"},
        {SETTING_DATABASE_SSLMODE, "on", "expected one of disable"}, {SETTING_ENVIRONMENT, "../x", "no name"},
        {SETTING_ENVIRONMENT, "a b", "no name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value value = {0};
        assert_int_equal(value_read(&arena, cases[i].setting, cases[i].text, &value, &err), -1);
        assert_int_equal(err.kind, ERR_INPUT);
        if (strstr(err.message, cases[i].says) == NULL)
            fail_msg("%s: %s", cases[i].text, err.message);
    }
    struct value value = {0};
    value_read(&arena, SETTING_APPROACH, "conservativ", &value, &err);
    assert_string_equal(err.hint, "did you mean \"conservative\"?");
}

static void every_default_can_be_read(void **state)
{
    (void)state;
    struct value value = {0};
    for (enum setting setting = 0; setting < SETTINGS; setting++) {
        const char *fallback = setting_rows[setting].fallback;
        if (fallback != NULL && value_read(&arena, setting, fallback, &value, &err) != 0)
            fail_msg("%s: %s", setting_rows[setting].name, err.message);
        for (const struct strategy *row = strategies; row->name != NULL; row++)
            if (row->values[setting] != NULL && value_read(&arena, setting, row->values[setting], &value, &err) != 0)
                fail_msg("%s of %s: %s", setting_rows[setting].name, row->name, err.message);
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
        cmocka_unit_test(reads_values_by_type),
        cmocka_unit_test(says_what_was_expected),
        cmocka_unit_test(every_default_can_be_read),
    };
    return cmocka_run_group_tests_name("value", tests, NULL, release);
}
