#include "model/relative.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;

static void the_shorter_path_is_shown(void **state)
{
    (void)state;
    static const struct { const char *from, *absolute, *shown; } cases[] = {
        {"/a", "/a", "."}, {"/a", "/a/b/c", "b/c"}, {"/", "/a/b", "a/b"}, {"/a/b", "/a", "/a"}, {"/aa/b", "/aa", ".."},
        {"/aa/bc", "/aa/b/x", "../b/x"}, {"/aa/b", "/aa/bc", "../bc"}, {"/a/b/c/d/e", "/x", "/x"},
        {"/a/b/c", "/a/x", "/a/x"}, {"/", "/", "."}, {"/a", "/", "/"}, {"/a", "b", "b"},
        {"/work dir/\n'", "/work dir/\n'/m", "m"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(relative_path_from(&arena, cases[i].from, cases[i].absolute), cases[i].shown);
}

static void the_working_directory_is_where_we_are(void **state)
{
    (void)state;
    assert_int_equal(chdir("/usr/lib"), 0);
    assert_string_equal(relative_path(&arena, "/usr/lib/x"), "x");
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
        cmocka_unit_test(the_shorter_path_is_shown),
        cmocka_unit_test(the_working_directory_is_where_we_are),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
