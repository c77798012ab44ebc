#include "sql/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct { const char *sql, *masked; } rows[] = {
    {"CREATE ROLE r LOGIN PASSWORD 'geheim' VALID UNTIL '2030-01-01'", "CREATE ROLE r LOGIN PASSWORD '****' VALID UNTIL '2030-01-01'"},
    {"alter user u with encrypted password E'a\\'b'", "alter user u with encrypted password '****'"},
    {"ALTER ROLE r PASSWORD /* new */ 'x'", "ALTER ROLE r PASSWORD /* new */ '****'"},
    {"CREATE SUBSCRIPTION s CONNECTION 'host=h password=x' PUBLICATION p", "CREATE SUBSCRIPTION s CONNECTION '****' PUBLICATION p"},
    {"ALTER SUBSCRIPTION s CONNECTION 'service=x'", "ALTER SUBSCRIPTION s CONNECTION '****'"},
    {"CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'u', password 'x')", "CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'u', password '****')"},
    {"ALTER USER MAPPING FOR u SERVER s OPTIONS (SET \"password\" 'x')", "ALTER USER MAPPING FOR u SERVER s OPTIONS (SET \"password\" '****')"},
    {"SELECT dblink_connect('c', 'host=h password = x')", "SELECT dblink_connect('c', '****')"},
    {"SELECT dblink('postgres://u:p@h/db', 'SELECT 1')", "SELECT dblink('****', 'SELECT 1')"},
    {"DO $x$ BEGIN CREATE ROLE r PASSWORD 'y'; END $x$", "DO $x$ BEGIN CREATE ROLE r PASSWORD '****'; END $x$"},
    {"UPDATE u SET password = 'x' WHERE id = 'a'", "UPDATE u SET password = '****' WHERE id = 'a'"},
    {"COMMENT ON COLUMN u.password IS 'hashed'", "COMMENT ON COLUMN u.password IS 'hashed'"},
    {"CREATE TABLE u (password text, site text DEFAULT 'https://example.org')",
     "CREATE TABLE u (password text, site text DEFAULT 'https://example.org')"},
    {"ALTER ROLE r PASSWORD $$a\nb$$;\nSELECT 1", "ALTER ROLE r PASSWORD '****'\n;\nSELECT 1"},
    {"ALTER ROLE r PASSWORD 'unfinished", "ALTER ROLE r PASSWORD '****'"},
};

static void secrets_are_hidden(void **state)
{
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_string_equal(secret_masked(&arena, rows[i].sql, strlen(rows[i].sql)), rows[i].masked);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(secrets_are_hidden)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
