#include "pg/conn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct arena arena;

static const char *value_of(const struct dsn *dsn, const char *keyword)
{
    for (size_t i = 0; i + 1 < dsn->keywords.count; i++)
        if (strcmp(dsn->keywords.at[i], keyword) == 0)
            return dsn->values.at[i];
    return NULL;
}

/* A connection string, and what libpq gets of it; NULL: nothing under that keyword. */
static const struct {
    const char *text, *keyword, *value;
} good[] = {
    {"postgres://u:p@h:5433/d", "user", "u"},
    {"postgres://u:p@h:5433/d", "password", "p"},
    {"postgres://u:p@h:5433/d", "host", "h"},
    {"postgres://u:p@h:5433/d", "port", "5433"},
    {"postgres://u:p@h:5433/d", "dbname", "d"},
    {"postgresql://h/d", "user", NULL},
    {"pgx5://h/d", "host", "h"},
    {"postgres://u%40x:p%3Aq%2F%25@h/d%20e", "user", "u@x"},
    {"postgres://u%40x:p%3Aq%2F%25@h/d%20e", "password", "p:q/%"},
    {"postgres://u%40x:p%3Aq%2F%25@h/d%20e", "dbname", "d e"},
    {"postgres://[::1]:5433/d", "host", "::1"},
    {"postgres://[::1]:5433/d", "port", "5433"},
    {"postgres://a:1,b:2/d", "host", "a,b"},
    {"postgres://a:1,b:2/d", "port", "1,2"},
    {"postgres://a:1,b:2/d", "target_session_attrs", "read-write"},
    {"postgres:///d?host=/tmp/x&sslmode=disable", "host", "/tmp/x"},
    {"postgres:///d?host=/tmp/x&sslmode=disable", "sslmode", "disable"},
    {"postgres://h/d?search_path=a%2Cb", "options", "-c search_path=a,b"},
    {"postgres://h/d?search_path=a,%20b&lock_timeout=5s", "options", "-c search_path=a,\\ b -c lock_timeout=5s"},
    {"postgres://h/d?options=-c%20x.y=1&work_mem=1MB", "options", "-c x.y=1 -c work_mem=1MB"},
    {"postgres://h/d?x-migrations-table=t&x-unknown=1", "x-migrations-table", NULL},
    {"postgres://h/?dbname=e", "dbname", "e"},
    {"postgres://h/d?application_name=mine", "application_name", "mine"},
    {"host=h dbname='d e' password=p", "dbname", "d e"},
    {"host=h dbname=d", "application_name", "skein"},
};

static void strings_are_taken_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        struct err err = {.arena = &arena};
        struct dsn dsn;
        if (dsn_read(&arena, good[i].text, &dsn, &err) != 0)
            fail_msg("%s: %s", good[i].text, err.message);
        const char *value = value_of(&dsn, good[i].keyword);
        if ((value == NULL) != (good[i].value == NULL) || (value != NULL && strcmp(value, good[i].value) != 0))
            fail_msg("%s: %s is %s", good[i].text, good[i].keyword, value == NULL ? "missing" : value);
        assert_null(strstr(dsn.shown, "p@"));
        assert_null(strstr(dsn.shown, "p%3A"));
    }
}

/* Refused, and no part of the password may be in any text of the error. */
static const char *const bad[] = {
    "postgres://u:sec@ret@h/d", "postgres://u:sec/ret@h/d", "postgres://u:secret@h:port/d", "mysql://u:secret@h/d",
    "postgres://h/d?x-migrations-table-quoted=maybe", "postgres://h/d?x-statement-timeout=soon",
    "host=h password=secret dbname", "u:secret@h/d", "postgres://u:secret@a@b@c/d", "postgres://u:s#ecret@h/d",
};

static void errors_hold_no_password(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct err err = {.arena = &arena};
        struct dsn dsn;
        if (dsn_read(&arena, bad[i], &dsn, &err) == 0)
            fail_msg("%s is accepted as %s", bad[i], dsn.shown);
        assert_int_equal(err.kind, ERR_USAGE);
        assert_non_null(err.hint);
        assert_null(strstr(err.message, "ret"));
        assert_null(strstr(err.hint, "ret@"));
    }
}

static void own_keys_are_kept(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    struct dsn dsn;
    assert_int_equal(dsn_read(&arena, "postgres://h/d?x-migrations-table=%22s%22.%22t%22&x-migrations-table-quoted=1"
                                      "&x-statement-timeout=250&x-multi-statement=true", &dsn, &err), 0);
    assert_string_equal(dsn.version_table, "\"s\".\"t\"");
    assert_true(dsn.version_table_quoted);
    assert_true(dsn.multi_statement);
    assert_int_equal(dsn.statement_timeout, 250);
    assert_string_equal(dsn.database_path, "/d");
}

static void database_can_be_changed(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    struct dsn dsn;
    assert_int_equal(dsn_read(&arena, "postgres://u:p@h/d", &dsn, &err), 0);
    struct dsn other = dsn_with_database(&arena, &dsn, "postgres");
    assert_string_equal(value_of(&other, "dbname"), "postgres");
    assert_string_equal(value_of(&other, "password"), "p");
    assert_string_equal(other.shown, "postgres://u@h/postgres");
    assert_string_equal(value_of(&dsn, "dbname"), "d");
}

static void what_a_url_leaves_open_can_be_completed(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    struct dsn dsn;
    assert_int_equal(dsn_read(&arena, "postgres://h/d", &dsn, &err), 0);
    struct dsn other = dsn_complete(&arena, &dsn, "user", "u");
    other = dsn_complete(&arena, &other, "password", "p@s");
    assert_string_equal(value_of(&other, "user"), "u");
    assert_string_equal(value_of(&other, "password"), "p@s");
    assert_string_equal(value_of(&other, "application_name"), "skein");
    assert_string_equal(other.shown, "postgres://u@h/d");
    assert_null(other.keywords.at[other.keywords.count - 1]);
    assert_string_equal(other.database_path, "/d");
    assert_null(value_of(&dsn, "user"));
    other = dsn_complete(&arena, &other, "user", "v");
    assert_string_equal(value_of(&other, "user"), "u");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_taken_apart), cmocka_unit_test(errors_hold_no_password),
        cmocka_unit_test(own_keys_are_kept),       cmocka_unit_test(database_can_be_changed),
        cmocka_unit_test(what_a_url_leaves_open_can_be_completed),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
