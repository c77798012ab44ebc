#include "../model/chain.h"

/* After the SQL, in a run that set lock_timeout to 5s, what is lock_timeout?  NULL: the server's default. */
static const struct {
    const char *sql, *value;
} rows[] = {
    {"select 1", "5s"},
    {"set lock_timeout = '1s'", "1s"},
    {"set lock_timeout to 100", "100"},
    {"SET LOCK_TIMEOUT = '1s'", "1s"},
    {"set foo.lock_timeout = '1s'", "5s"},
    {"set local lock_timeout = '1s'", "5s"},
    {"begin; set local lock_timeout = '1s'", "1s"},
    {"begin; set local lock_timeout = '1s'; commit", "5s"},
    {"begin; set local lock_timeout = '1s'; set lock_timeout = '2s'", "2s"},
    {"begin; set lock_timeout = '2s'; set local lock_timeout = '1s'; commit", "2s"},
    {"begin; set lock_timeout = '2s'; rollback", "5s"},
    {"begin; savepoint s; set local lock_timeout = '2s'; rollback to s", "5s"},
    {"set lock_timeout = '1s'; reset lock_timeout", NULL},
    {"set lock_timeout to default", NULL},
    {"reset all", NULL},
    {"select set_config('lock_timeout', '3s', false)", "3s"},
    {"select set_config('lock_timeout', '3s', true)", "5s"},
    {"begin; select set_config('lock_timeout', '3s', true)", "3s"},
    {"do $$ begin perform set_config('lock_timeout', '3s', true); end $$", "5s"},
    {"do $$ begin set local lock_timeout = '3s'; end $$", "5s"},
    {"begin; do $$ begin perform set_config('lock_timeout', '3s', true); end $$", "3s"},
    {"do $$ begin perform set_config('lock_timeout', '3s', true); end $$; select 1", "5s"},
};

static void settings_are_in_force_where_they_reach(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct chain chain;
        chain_open(&chain, 15);
        schema_set(&chain.schema, "lock_timeout", "5s");
        chain_run(&chain, rows[i].sql);
        const char *value = schema_setting(&chain.schema, "lock_timeout");
        if (!str_same(value, rows[i].value))
            fail_msg("%s: %s", rows[i].sql, value);
        chain_close(&chain);
    }
}

static void the_runs_path_is_what_reset_gives(void **unused)
{
    struct chain chain;
    const struct object_name name = {NULL, "t"};
    (void)unused;
    chain_open(&chain, 15);
    schema_set(&chain.schema, "search_path", "\"My svc\", Public");
    assert_string_equal(schema_creation_schema(&chain.schema, &name), "My svc");
    assert_string_equal(chain.schema.search_path.at[1], "public");
    chain_run(&chain, "set search_path = x; reset search_path");
    assert_string_equal(schema_creation_schema(&chain.schema, &name), "My svc");
    chain_run(&chain, "create schema s; set search_path = s; drop schema s");
    assert_string_equal(schema_creation_schema(&chain.schema, &name), "public");
    schema_reset_session(&chain.schema);
    assert_string_equal(schema_creation_schema(&chain.schema, &name), "My svc");
    assert_null(schema_setting(&chain.schema, "search_path"));
    chain_close(&chain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_in_force_where_they_reach),
        cmocka_unit_test(the_runs_path_is_what_reset_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
