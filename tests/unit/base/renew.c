#include "base/renew.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};
static char directory[] = "/tmp/skein-renew.XXXXXX";

static void only_what_changed_is_written(void **state)
{
    (void)state;
    const char *path = arena_printf(&arena, "%s/page", directory);
    char *content;
    size_t length;
    bool written = false;
    struct stat before, after;
    assert_int_equal(renew_file(path, "one", 3, &written, &err), 0);
    assert_true(written && renew_is_same(path, "one", 3) && !renew_is_same(path, "onE", 3) && !renew_is_same(path, "on", 2));
    assert_int_equal(stat(path, &before), 0);
    assert_int_equal(renew_file(path, "one", 3, &written, &err), 0);
    assert_int_equal(stat(path, &after), 0);
    assert_true(!written && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec && before.st_mtim.tv_sec == after.st_mtim.tv_sec);
    assert_int_equal(renew_file(path, "a", 1, NULL, &err), 0);
    assert_int_equal(file_read(&arena, path, 0, &content, &length, &err), 0);
    assert_string_equal(content, "a");
}

static void what_cannot_be_written_is_told(void **state)
{
    (void)state;
    assert_int_equal(renew_file(arena_printf(&arena, "%s/none/page", directory), "x", 1, NULL, &err), -1);
    assert_non_null(strstr(err.message, "none/page"));
    assert_int_equal(renew_file(directory, "x", 1, NULL, &err), -1);
}

static int make(void **state)
{
    (void)state;
    return mkdtemp(directory) == NULL;
}

static int forget(void **state)
{
    (void)state;
    file_remove_tree(directory, &err);
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(only_what_changed_is_written),
                                       cmocka_unit_test(what_cannot_be_written_is_told)};
    return cmocka_run_group_tests(tests, make, forget);
}
