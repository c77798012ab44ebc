#include "base/batch_record.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;
static char root[] = "/tmp/skein-test-XXXXXX";

static void put(const char *path, const char *text)
{
    struct err err = {.arena = &arena};
    assert_int_equal(file_write(&arena, path, text, strlen(text), 0644, &err), 0);
}

static void check_text(const char *path, const char *expected)
{
    struct err err = {.arena = &arena};
    char *text;
    size_t length;
    assert_int_equal(file_read(&arena, path, 0, &text, &length, &err), 0);
    assert_string_equal(text, expected);
}

static struct batch example(void)
{
    struct batch batch = {.arena = &arena};
    batch_create(&batch, "deep/er/new", "new");
    batch_replace(&batch, "edited", "old", "edited");
    batch_remove(&batch, "removed", "removed");
    batch_rename(&batch, "from", "deep/to");
    return batch;
}

static int set_up(void **state)
{
    struct err err = {.arena = &arena};
    (void)state;
    if (chdir("/") != 0 || file_remove_tree(root, &err) != 0 || file_make_directory(&arena, root, 0755, &err) != 0 ||
        chdir(root) != 0)
        return -1;
    put("edited", "old");
    put("removed", "removed");
    put("from", "moved");
    return 0;
}

static void all_is_written(void **state)
{
    struct err err = {.arena = &arena};
    struct batch batch = example();
    (void)state;
    assert_int_equal(batch_write(&batch, &err), 0);
    check_text("deep/er/new", "new");
    check_text("edited", "edited");
    check_text("deep/to", "moved");
    assert_int_equal(file_kind("removed"), FILE_NONE);
    assert_int_equal(file_kind("from"), FILE_NONE);
}

/* Everything as it was, the directories too. */
static void check_untouched(void)
{
    check_text("edited", "old");
    check_text("removed", "removed");
    check_text("from", "moved");
    assert_int_equal(file_kind("deep"), FILE_NONE);
}

static void a_file_in_the_way_stops_all(void **state)
{
    struct err err = {.arena = &arena};
    struct batch batch = example();
    (void)state;
    put("there", "mine");
    batch_create(&batch, "there", "yours");
    assert_int_equal(batch_write(&batch, &err), -1);
    check_untouched();
    check_text("there", "mine");
}

static void a_rename_takes_no_place(void **state)
{
    struct err err = {.arena = &arena};
    struct batch batch = {.arena = &arena};
    (void)state;
    put("there", "mine");
    batch_create(&batch, "deep/new", "new");
    batch_rename(&batch, "from", "there");
    assert_int_equal(batch_write(&batch, &err), -1);
    check_untouched();
    check_text("there", "mine");
}

static void what_was_edited_meanwhile_stays(void **state)
{
    struct err err = {.arena = &arena};
    struct batch batch = example();
    (void)state;
    put("edited", "new");
    assert_int_equal(batch_write(&batch, &err), -1);
    check_text("edited", "new");
    check_text("from", "moved");
    assert_int_equal(file_kind("deep"), FILE_NONE);
}

/* As if the batch had been killed after its first `count` files. */
static void kill_after(size_t count)
{
    struct err err = {.arena = &arena};
    struct batch whole = example(), begun = example();
    whole.directory = ".";
    *vec_add(&arena, &whole.missing) = "deep";
    *vec_add(&arena, &whole.missing) = "deep/er";
    assert_int_equal(batch_record_write(&whole, &err), 0);
    begun.files.count = count;
    assert_int_equal(batch_write(&begun, &err), 0);
}

static void what_was_killed_is_taken_back(void **state)
{
    struct err err = {.arena = &arena};
    (void)state;
    for (size_t count = 0; count <= 4; count++) {
        size_t settled;
        kill_after(count);
        put("edited.0123456789abcdef.tmp", "of a write that was killed");
        assert_int_equal(batch_settle(&arena, ".", &settled, &err), 0);
        assert_int_equal(settled, 4);
        check_untouched();
        assert_int_equal(file_kind("edited.0123456789abcdef.tmp"), FILE_NONE);
        assert_int_equal(file_kind(BATCH_RECORD), FILE_NONE);
        put(BATCH_RECORD ".0123456789abcdef.tmp", "of a record that was not done");
        assert_int_equal(batch_settle(&arena, ".", &settled, &err), 0);
        assert_int_equal(settled, 0);
        assert_int_equal(file_kind(BATCH_RECORD ".0123456789abcdef.tmp"), FILE_NONE);
    }
}

static void half_a_file_and_half_a_rename_are_taken_back(void **state)
{
    struct err err = {.arena = &arena};
    size_t settled;
    (void)state;
    kill_after(0);
    assert_int_equal(file_make_directory(&arena, "deep/er", 0755, &err), 0);
    put("deep/er/new", "n");
    assert_int_equal(batch_settle(&arena, ".", &settled, &err), 0);
    check_untouched();
    kill_after(3);
    assert_int_equal(link("from", "deep/to"), 0);
    assert_int_equal(batch_settle(&arena, ".", &settled, &err), 0);
    check_untouched();
}

/* A page goes from 3 to 4, and another one from 2 to 3: what is at 3 is at one time the one, then the other. */
static struct batch chain(void)
{
    struct batch batch = {.arena = &arena};
    batch_rename(&batch, "x3", "x4");
    batch_create(&batch, "4", "three");
    batch_remove(&batch, "3", "three");
    batch_rename(&batch, "x2", "x3");
    batch_create(&batch, "3", "two");
    batch_remove(&batch, "2", "two");
    return batch;
}

static void check_chain_untouched(void)
{
    check_text("2", "two");
    check_text("3", "three");
    check_text("x2", "x2");
    check_text("x3", "x3");
    assert_int_equal(file_kind("4"), FILE_NONE);
    assert_int_equal(file_kind("x4"), FILE_NONE);
}

static void names_that_go_on_are_taken_back(void **state)
{
    struct err err = {.arena = &arena};
    (void)state;
    put("2", "two");
    put("3", "three");
    put("x2", "x2");
    put("x3", "x3");
    for (size_t count = 0; count <= 6; count++) {
        struct batch whole = chain(), begun = chain();
        size_t settled;
        whole.directory = ".";
        assert_int_equal(batch_record_write(&whole, &err), 0);
        begun.files.count = count;
        assert_int_equal(batch_write(&begun, &err), 0);
        if (count == 4)
            put("3", "t");
        if (batch_settle(&arena, ".", &settled, &err) != 0)
            fail_msg("%zu: %s", count, err.message);
        check_chain_untouched();
    }
}

static void what_people_edited_since_is_left_to_them(void **state)
{
    struct err err = {.arena = &arena};
    size_t settled;
    (void)state;
    kill_after(3);
    put("edited", "by people");
    assert_int_equal(batch_settle(&arena, ".", &settled, &err), -1);
    assert_non_null(strstr(err.message, "edited was edited after a run that was interrupted"));
    check_text("edited", "by people");
    check_text("deep/er/new", "new");
}

static void no_record_is_said(void **state)
{
    static const char *const records[] = {"", "skein batch 1\n9 -1 -1 -1\nshort\n", "skein batch 1\n1 1 x 1\n", "skein batch 1\n-1 -1 -1 -1\n\n"};
    (void)state;
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
        struct err err = {.arena = &arena};
        size_t settled;
        put(BATCH_RECORD, records[i]);
        assert_int_equal(batch_settle(&arena, ".", &settled, &err), -1);
        assert_non_null(strstr(err.message, "no record of an interrupted run"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(all_is_written, set_up),
        cmocka_unit_test_setup(a_file_in_the_way_stops_all, set_up),
        cmocka_unit_test_setup(a_rename_takes_no_place, set_up),
        cmocka_unit_test_setup(what_was_edited_meanwhile_stays, set_up),
        cmocka_unit_test_setup(what_was_killed_is_taken_back, set_up),
        cmocka_unit_test_setup(half_a_file_and_half_a_rename_are_taken_back, set_up),
        cmocka_unit_test_setup(names_that_go_on_are_taken_back, set_up),
        cmocka_unit_test_setup(what_people_edited_since_is_left_to_them, set_up),
        cmocka_unit_test_setup(no_record_is_said, set_up),
    };
    struct err err = {.arena = &arena};
    if (mkdtemp(root) == NULL)
        return 1;
    int failed = cmocka_run_group_tests_name("batch", tests, NULL, NULL);
    if (chdir("/") != 0 || file_remove_tree(root, &err) != 0)
        failed = 1;
    arena_release(&arena);
    return failed;
}
