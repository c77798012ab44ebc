#include "base/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;

static void joins(void **state)
{
    (void)state;
    assert_string_equal(path_join(&arena, "a", "b"), "a/b");
    assert_string_equal(path_join(&arena, "a/", "b"), "a/b");
    assert_string_equal(path_join(&arena, "/", "b"), "/b");
    assert_string_equal(path_join(&arena, ".", "b"), "b");
    assert_string_equal(path_join(&arena, "", "b"), "b");
    assert_string_equal(path_join(&arena, "a", "/b"), "/b");
}

static void takes_apart(void **state)
{
    (void)state;
    static const struct { const char *path, *directory, *base; } cases[] = {
        {"a/b", "a", "b"}, {"b", ".", "b"}, {"/b", "/", "b"}, {"/", "/", ""}, {"a//b", "a", "b"}, {"a/b/", "a", ""},
        {"", ".", ""}, {"//", "/", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(path_directory(&arena, cases[i].path), cases[i].directory);
        assert_string_equal(path_base(cases[i].path), cases[i].base);
    }
}

static void makes_absolute(void **state)
{
    (void)state;
    static const struct { const char *path, *absolute; } cases[] = {
        {"/", "/"}, {"/a/./b", "/a/b"}, {"/a/../b", "/b"}, {"/../..", "/"}, {"//a//b/", "/a/b"}, {"/a/...", "/a/..."},
        {"/a/b/../..", "/"}, {"/a/.b/..c", "/a/.b/..c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(path_absolute(&arena, cases[i].path), cases[i].absolute);
    char *working = getcwd(NULL, 0);
    assert_string_equal(path_absolute(&arena, "x/../y"), path_join(&arena, working, "y"));
    assert_string_equal(path_absolute(&arena, "."), working);
    free(working);
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
        cmocka_unit_test(joins),
        cmocka_unit_test(takes_apart),
        cmocka_unit_test(makes_absolute),
    };
    return cmocka_run_group_tests_name("path", tests, NULL, release);
}
