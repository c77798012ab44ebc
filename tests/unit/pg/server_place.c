#include "pg/server_place.h"

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
static char root[64];

static int setup(void **state)
{
    (void)state;
    snprintf(root, sizeof root, "/tmp/skein-place.XXXXXX");
    return mkdtemp(root) != NULL && chmod(root, 0755) == 0 ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    file_remove_tree(root, &err);
    arena_release(&arena);
    err = (struct err){.arena = &arena};
    return 0;
}

static void test_in_the_repository(void **state)
{
    (void)state;
    struct server_place place;
    assert_int_equal(server_place_find(&arena, root, &place, &err), 0);
    assert_string_equal(place.root, root);
    assert_string_equal(place.state, path_join(&arena, root, ".skein"));
    assert_string_equal(place.data, path_join(&arena, root, ".skein/data"));
    assert_null(place.note);
    assert_int_not_equal(place.user.uid, 0);
    assert_int_equal(file_kind(place.state), FILE_NONE);
    assert_int_equal(server_place_make(&arena, &place, &err), 0);
    struct stat status;
    assert_int_equal(stat(place.state, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0700);
    assert_int_equal(status.st_uid, place.user.uid);
}

static void test_one_place_for_all_its_names(void **state)
{
    (void)state;
    struct server_place place, other;
    const char *link = arena_printf(&arena, "%s/link", root);
    assert_int_equal(symlink(root, link), 0);
    assert_int_equal(server_place_find(&arena, root, &place, &err), 0);
    assert_int_equal(server_place_find(&arena, link, &other, &err), 0);
    assert_string_equal(place.data, other.data);
}

static void test_a_file_in_the_way(void **state)
{
    (void)state;
    struct server_place place;
    assert_int_equal(file_create(path_join(&arena, root, ".skein"), "", 0, 0644, &err), 0);
    assert_int_equal(server_place_find(&arena, root, &place, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(err.hint);
}

static void test_no_root(void **state)
{
    (void)state;
    struct server_place place;
    assert_int_equal(server_place_find(&arena, "/nowhere/at/all", &place, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.message, "/nowhere/at/all"));
}

/* As root the data go where the server's user gets to; otherwise where the caller may write. */
static void test_out_of_reach(void **state)
{
    (void)state;
    struct server_place place;
    assert_int_equal(chmod(root, geteuid() == 0 ? 0700 : 0500), 0);
    setenv("XDG_STATE_HOME", "/tmp/state", 1);
    assert_int_equal(server_place_find(&arena, root, &place, &err), 0);
    const char *above = geteuid() == 0 ? "/var/lib/skein/skein-place_" : "/tmp/state/skein/skein-place_";
    assert_int_equal(strncmp(place.state, above, strlen(above)), 0);
    assert_non_null(strstr(place.note, place.state));
    assert_int_equal(chmod(root, 0755), 0);
    unsetenv("XDG_STATE_HOME");
}

static void test_pointer_leads_nowhere_else(void **state)
{
    (void)state;
    const char *const hostile[] = {"/etc\n", "/var/lib/skein/../../../etc\n", "/var/lib/skein/a/b\n", "\n", ""};
    struct server_place place;
    assert_int_equal(mkdir(path_join(&arena, root, ".skein"), 0755), 0);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        assert_int_equal(file_write(&arena, path_join(&arena, root, ".skein/place"), hostile[i], strlen(hostile[i]), 0644,
                                    &err), 0);
        assert_int_equal(server_place_find(&arena, root, &place, &err), 0);
        assert_string_equal(place.state, path_join(&arena, root, ".skein"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_in_the_repository, setup, teardown),
        cmocka_unit_test_setup_teardown(test_one_place_for_all_its_names, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_file_in_the_way, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_root, setup, teardown),
        cmocka_unit_test_setup_teardown(test_out_of_reach, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pointer_leads_nowhere_else, setup, teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
