#include "base/file.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};
static char folder[] = "/tmp/skein-file-XXXXXX";

static const char *in(const char *name)
{
    return path_join(&arena, folder, name);
}

static void write_file(const char *name, const char *content)
{
    assert_int_equal(file_write(&arena, in(name), content, strlen(content), 0644, &err), 0);
}

static char *read_back(const char *name)
{
    char *content = NULL;
    size_t length = 0;
    assert_int_equal(file_read(&arena, in(name), 0, &content, &length, &err), 0);
    assert_int_equal(strlen(content), length);
    return content;
}

static void reads_bytes_as_they_are(void **state)
{
    (void)state;
    assert_int_equal(file_write(&arena, in("bytes"), "a\0b\r\n\xff", 6, 0600, &err), 0);
    char *content = NULL;
    size_t length = 0;
    assert_int_equal(file_read(&arena, in("bytes"), 6, &content, &length, &err), 0);
    assert_int_equal(length, 6);
    assert_memory_equal(content, "a\0b\r\n\xff\0", 7);
    write_file("empty", "");
    assert_string_equal(read_back("empty"), "");
}

static void says_what_cannot_be_read(void **state)
{
    (void)state;
    char *content = NULL;
    size_t length = 0;
    assert_int_equal(symlink("loop", in("loop")), 0);
    assert_int_equal(mkfifo(in("fifo"), 0600), 0);
    write_file("long", "12345678901");
    const struct { const char *path, *says; } cases[] = {
        {in("missing"), "No such file"}, {folder, "is a directory"}, {in("loop"), "symbolic links"},
        {in("fifo"), "not a regular file"}, {in("long"), "11 bytes, more than the limit of 10"},
        {"", "No such file"}, {in("long/x"), "Not a directory"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(file_read(&arena, cases[i].path, 10, &content, &length, &err), -1);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_non_null(strstr(err.message, cases[i].says));
        assert_non_null(strstr(err.message, cases[i].path));
    }
    assert_null(content);
}

static void says_when_reading_is_not_allowed(void **state)
{
    (void)state;
    char *content = NULL;
    size_t length = 0;
    const char *path = in("secret");
    write_file("secret", "x");
    chmod(path, 0);
    if (geteuid() == 0) { /* who may read anything */
        assert_int_equal(seteuid(65534), 0);
        assert_int_equal(file_read(&arena, path, 0, &content, &length, &err), -1);
        assert_int_equal(seteuid(0), 0);
    } else {
        assert_int_equal(file_read(&arena, path, 0, &content, &length, &err), -1);
    }
    assert_int_equal(err.kind, ERR_PERMISSION);
    assert_non_null(strstr(err.message, "Permission denied"));
}

static void a_write_replaces_and_leaves_nothing_beside(void **state)
{
    (void)state;
    assert_int_equal(file_make_directory(&arena, in("w"), 0755, &err), 0);
    write_file("w/a", "one");
    write_file("w/a", "two");
    assert_string_equal(read_back("w/a"), "two");
    assert_int_equal(symlink("a", in("w/link")), 0);
    write_file("w/link", "three");
    assert_string_equal(read_back("w/a"), "three");
    assert_int_equal(file_write(&arena, in("w"), "x", 1, 0644, &err), -1); /* a directory stays */
    assert_int_equal(file_write(&arena, in("nowhere/a"), "x", 1, 0644, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    struct file_entries entries;
    assert_int_equal(file_list(&arena, in("w"), &entries, &err), 0);
    assert_int_equal(entries.count, 2);
}

static void a_failed_write_leaves_the_old_file(void **state)
{
    (void)state;
    assert_int_equal(file_make_directory(&arena, in("full"), 0755, &err), 0);
    write_file("full/a", "old");
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){.rlim_cur = 4, .rlim_max = before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    int written = file_write(&arena, in("full/a"), "longer than that", 16, 0644, &err);
    int created = file_create(in("full/b"), "longer than that", 16, 0644, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(written, -1);
    assert_int_equal(created, -1);
    assert_non_null(strstr(err.message, "File too large"));
    assert_string_equal(read_back("full/a"), "old");
    struct file_entries entries;
    assert_int_equal(file_list(&arena, in("full"), &entries, &err), 0);
    assert_int_equal(entries.count, 1);
}

static void creates_only_what_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(file_create(in("new"), "first", 5, 0644, &err), 0);
    assert_int_equal(file_create(in("new"), "second", 6, 0644, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.message, "cannot create"));
    assert_string_equal(read_back("new"), "first");
}

static void lists_in_byte_order_with_kinds(void **state)
{
    (void)state;
    assert_int_equal(file_make_directory(&arena, in("l/sub/deep"), 0755, &err), 0);
    write_file("l/b", "");
    write_file("l/B", "");
    write_file("l/.hidden", "");
    assert_int_equal(symlink("sub", in("l/to-sub")), 0);
    assert_int_equal(symlink("gone", in("l/dangling")), 0);
    assert_int_equal(symlink("self", in("l/self")), 0);
    static const struct file_entry expected[] = {
        {".hidden", FILE_REGULAR}, {"B", FILE_REGULAR}, {"b", FILE_REGULAR}, {"dangling", FILE_OTHER},
        {"self", FILE_OTHER}, {"sub", FILE_DIRECTORY}, {"to-sub", FILE_DIRECTORY},
    };
    struct file_entries entries;
    assert_int_equal(file_list(&arena, in("l"), &entries, &err), 0);
    assert_int_equal(entries.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < entries.count; i++) {
        assert_string_equal(entries.at[i].name, expected[i].name);
        assert_int_equal(entries.at[i].kind, expected[i].kind);
    }
    assert_int_equal(file_list(&arena, in("l/b"), &entries, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_int_equal(file_kind(in("l/dangling")), FILE_NONE);
    assert_int_equal(file_kind(in("l/to-sub")), FILE_DIRECTORY);
    assert_int_equal(file_kind("/dev/null"), FILE_OTHER);
}

static void makes_directories_on_the_way(void **state)
{
    (void)state;
    assert_int_equal(file_make_directory(&arena, in("m/a/b/"), 0755, &err), 0);
    assert_int_equal(file_make_directory(&arena, in("m/a/b"), 0755, &err), 0);
    assert_int_equal(file_kind(in("m/a/b")), FILE_DIRECTORY);
    write_file("m/file", "");
    assert_int_equal(file_make_directory(&arena, in("m/file"), 0755, &err), -1);
    assert_int_equal(file_make_directory(&arena, in("m/file/x"), 0755, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_int_equal(file_make_directory(&arena, "", 0755, &err), -1);
}

static void removes_a_tree_without_following_links(void **state)
{
    (void)state;
    assert_int_equal(file_make_directory(&arena, in("keep"), 0755, &err), 0);
    write_file("keep/precious", "x");
    assert_int_equal(file_make_directory(&arena, in("r/a/b"), 0755, &err), 0);
    write_file("r/a/b/file", "x");
    assert_int_equal(symlink("../../keep", in("r/a/link")), 0);
    assert_int_equal(symlink("keep", in("direct")), 0);
    assert_int_equal(file_remove_tree(in("r"), &err), 0);
    assert_int_equal(file_kind(in("r")), FILE_NONE);
    assert_int_equal(file_remove_tree(in("direct"), &err), 0);
    assert_string_equal(read_back("keep/precious"), "x");
    assert_int_equal(file_remove_tree(in("r"), &err), 0);
}

static void finds_lines_and_columns(void **state)
{
    (void)state;
    const char *text = "first\r\nzw\xc3\xb6lf x\n\nlast";
    struct place place = file_place("f.sql", text, strlen("first\r\nzw\xc3\xb6lf "));
    assert_string_equal(place.file, "f.sql");
    assert_int_equal(place.line, 2);
    assert_int_equal(place.column, 7);
    place = file_place("f.sql", text, 0);
    assert_int_equal(place.line, 1);
    assert_int_equal(place.column, 1);
    assert_string_equal(file_line(&arena, text, strlen(text), 1), "first");
    assert_string_equal(file_line(&arena, text, strlen(text), 2), "zw\xc3\xb6lf x");
    assert_string_equal(file_line(&arena, text, strlen(text), 3), "");
    assert_string_equal(file_line(&arena, text, strlen(text), 4), "last");
    assert_string_equal(file_line(&arena, text, strlen(text), 5), "");
    assert_string_equal(file_line(&arena, "", 0, 1), "");
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : chmod(folder, 0755);
}

static int remove_folder(void **state)
{
    (void)state;
    int result = file_remove_tree(folder, &err);
    arena_release(&arena);
    return result;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_bytes_as_they_are),
        cmocka_unit_test(says_what_cannot_be_read),
        cmocka_unit_test(says_when_reading_is_not_allowed),
        cmocka_unit_test(a_write_replaces_and_leaves_nothing_beside),
        cmocka_unit_test(a_failed_write_leaves_the_old_file),
        cmocka_unit_test(creates_only_what_is_not_there),
        cmocka_unit_test(lists_in_byte_order_with_kinds),
        cmocka_unit_test(makes_directories_on_the_way),
        cmocka_unit_test(removes_a_tree_without_following_links),
        cmocka_unit_test(finds_lines_and_columns),
    };
    return cmocka_run_group_tests_name("file", tests, make_folder, remove_folder);
}
