#include "text/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static void shows_what_is_no_secret(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "postgres://app@db.example.com:5432/app?sslmode=require",
        "postgres://db/app",
        "postgres://h1:1,h2:2,[::1]:5433/app?target_session_attrs=any",
        "postgresql:///app?host=/run/postgresql&user=me",
        "postgres://db/app?user=me@azure&sslmode=require",
        "host=/tmp dbname=app user=me",
        "app",
        "",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(mask_url(&arena, cases[i]), cases[i]);
}

static void hides_passwords(void **state)
{
    (void)state;
    static const struct { const char *text, *shown; } cases[] = {
        {"postgres://u:secret@h:5432/db", "postgres://u:****@h:5432/db"},
        {"postgres://u:@h/db", "postgres://u:****@h/db"},
        {"postgres://:secret@h/db", "postgres://:****@h/db"},
        {"pgx5://u:sec%40ret@h/db?sslmode=disable", "pgx5://u:****@h/db?sslmode=disable"},
        {"postgres://u:sec@ret@h/db", "postgres://u:****@h/db"},
        {"postgres://u:se:cr:et@h/db", "postgres://u:****@h/db"},
        {"postgres://u:se/cret@h/db", "postgres://u:****@h/db"},
        {"postgres://u:se?cret@h/db", "postgres://u:****"},
        {"postgres://u:se?c=ret@h/db", "postgres://u:****"},
        {"postgres://u:se@c?ret@h/db?sslmode=disable", "postgres://u:****"},
        {"postgres://u@h/db?foo=1&password=sec@ret?sec", "postgres://u:****"},
        {"postgres://u@h/db?foo=1&password=sec@ret", "postgres://u:****"},
        {"postgres://u@h/db?password=sec@ret&foo=1", "postgres://u:****"},
        {"postgres://u@h/db?user=x&password=sec@ret", "postgres://u@h/db?user=x&password=****"},
        {"postgres://u:se#cret@h/db", "postgres://u:****@h/db"},
        {"postgres://u:se cret@h/db", "postgres://u:****@h/db"},
        {"postgres://u@x:secret@h/db", "postgres://u@x:****@h/db"},
        {"postgres://u:secret", "postgres://u:****"},
        {"postgres://u:123secret/db", "postgres://u:****"},
        {"postgres://u:secret?x=1", "postgres://u:****?****"},
        {"postgres://h/db?password=secret", "postgres://h/db?password=****"},
        {"postgres://h/db?sslmode=require&password=secret&user=u", "postgres://h/db?sslmode=require&password=****&user=u"},
        {"postgres://h/db?password=sec&ret&user=u", "postgres://h/db?password=****&****&user=u"},
        {"postgres://h/db?password=sec&ret=x", "postgres://h/db?password=****&****"},
        {"postgres://h/db?%70assword=secret", "postgres://h/db?****"},
        {"postgres://h/db?sslpassword=secret", "postgres://h/db?****"},
        {"postgres://u:x@h/db?password=secret", "postgres://u:****@h/db?password=****"},
        {"postgres://h/db?sslmode=require;password=secret", "postgres://h/db?****"},
        {"u:secret@h/db", "u:****@h/db"},
        {"u:secret", "u:****"},
        {"host=h password=secret dbname=d", "host=h password=**** dbname=d"},
        {"host=h password='se cret' dbname=d", "host=h password=**** dbname=d"},
        {"password = 'it\\'s secret' user=u", "password=**** user=u"},
        {"password=sec\\ ret user=u", "password=**** user=u"},
        {"password=sec ret user=u", "password=**** **** user=u"},
        {"password='never closed user=u", "password=****"},
        {"sslpassword=secret user=u", "**** user=u"},
        {"user:sec=ret@h/db", "****"},
        {"dbname=postgres://u:secret@h/db user=u", "dbname=postgres://u:****@h/db user=u"},
        {"dbname='password=secret host=h'", "dbname='password=**** host=h'"},
        {" postgres://u:secret@h/db", NULL},
        {"jdbc:postgresql://h/db?password=secret", NULL},
        {"postgres//u:secret@h", NULL},
        {"host=h;password=secret;", NULL},
        {"Server=h;Password=secret", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *shown = mask_url(&arena, cases[i].text);
        if (cases[i].shown != NULL && strcmp(shown, cases[i].shown) != 0)
            fail_msg("%s is shown as %s", cases[i].text, shown);
        static const char *const pieces[] = {"sec", "ret", "se/", "se?", "se#", "se:", "se ", "it\\'s", "c?", "123"};
        for (size_t j = 0; j < sizeof pieces / sizeof *pieces; j++)
            if (strstr(shown, pieces[j]) != NULL)
                fail_msg("%s is shown as %s", cases[i].text, shown);
    }
}

/* Whatever stands in for the password, no piece of it is seen. */
static void hides_every_byte_in_a_password(void **state)
{
    (void)state;
    for (int c = 1; c < 256; c++) {
        static const char *const forms[] = {
            "postgres://u:QX%cXQ@h/db?sslmode=disable", "postgres://u:QX%cXQ@h/db", "postgres://u@h/db?password=QX%cXQ",
            "postgres://u@h/db?x=1&password=QX%cXQ&y=2", "postgres://u:QX%cXQ@h/db?password=QX%cXQ&user=a@b",
            "password=QX%cXQ host=h", "host=h password='QX%cXQ' user=u", "u:QX%cXQ@h/db",
        };
        for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
            char *text = arena_strdup(&arena, forms[i]);
            for (char *at; (at = strstr(text, "%c")) != NULL; memmove(at + 1, at + 2, strlen(at + 1)))
                *at = (char)c;
            if (strpbrk(mask_url(&arena, text), "QX") != NULL)
                fail_msg("byte %d: %s is shown as %s", c, text, mask_url(&arena, text));
        }
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
        cmocka_unit_test(shows_what_is_no_secret),
        cmocka_unit_test(hides_passwords),
        cmocka_unit_test(hides_every_byte_in_a_password),
    };
    return cmocka_run_group_tests_name("mask", tests, NULL, release);
}
