#include "pg/server_copy.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};
static char base[64];

static int setup(void **state)
{
    (void)state;
    snprintf(base, sizeof base, "/tmp/skein-copy.XXXXXX");
    return mkdtemp(base) != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    file_remove_tree(base, &err);
    arena_release(&arena);
    err = (struct err){.arena = &arena};
    return 0;
}

static const char *at(const char *name)
{
    return path_join(&arena, base, name);
}

static void put(const char *name, const char *content, size_t length)
{
    assert_int_equal(file_create(at(name), content, length, 0644, &err), 0);
}

static void expect(const char *name, const char *content, size_t length)
{
    char *got = NULL;
    size_t size = 0;
    struct stat status;
    assert_int_equal(file_read(&arena, at(name), 0, &got, &size, &err), 0);
    assert_int_equal(size, length);
    assert_memory_equal(got, content, length);
    assert_int_equal(stat(at(name), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
}

static void test_tree(void **state)
{
    (void)state;
    size_t size = (3u << 20) + 17;
    char *big = arena_alloc(&arena, size);
    for (size_t i = 0; i < size; i++)
        big[i] = (char)(i * 7 + i / 4096);
    assert_int_equal(mkdir(at("from"), 0755), 0);
    assert_int_equal(mkdir(at("from/base"), 0755), 0);
    put("from/empty", "", 0);
    put("from/base/small", "a\0b", 3);
    put("from/base/big", big, size);
    assert_int_equal(symlink("/etc/passwd", at("from/link")), 0);
    assert_int_equal(server_copy(&arena, at("from"), at("draft"), &err), 0);
    assert_int_equal(server_copy_publish(&arena, at("draft"), at("to"), &err), 0);
    expect("to/empty", "", 0);
    expect("to/base/small", "a\0b", 3);
    expect("to/base/big", big, size);
    assert_int_equal(file_kind(at("to/link")), FILE_NONE);
    assert_int_equal(file_kind(at("draft")), FILE_NONE);
}

static void test_target_exists(void **state)
{
    (void)state;
    assert_int_equal(mkdir(at("from"), 0755), 0);
    assert_int_equal(mkdir(at("to"), 0755), 0);
    assert_int_equal(server_copy(&arena, at("from"), at("to"), &err), -1);
    assert_int_equal(err.kind, ERR_CONNECTION);
    assert_non_null(strstr(err.message, "File exists"));
}

static void test_source_is_missing(void **state)
{
    (void)state;
    assert_int_equal(server_copy(&arena, at("nothing"), at("to"), &err), -1);
    assert_non_null(strstr(err.message, "nothing"));
}

static void test_nothing_to_publish(void **state)
{
    (void)state;
    assert_int_equal(server_copy_publish(&arena, at("nothing"), at("to"), &err), -1);
    assert_int_equal(file_kind(at("to")), FILE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_tree, setup, teardown),
                                       cmocka_unit_test_setup_teardown(test_target_exists, setup, teardown),
                                       cmocka_unit_test_setup_teardown(test_source_is_missing, setup, teardown),
                                       cmocka_unit_test_setup_teardown(test_nothing_to_publish, setup, teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
