#include "text/table.h"

#include "base/arena.h"

#include <fcntl.h>
#include <locale.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;

static void services(void)
{
    static const struct table_column columns[] = {
        {"SERVICE", TABLE_LEFT, true}, {"DONE", TABLE_RIGHT, false}, {"NOTE", TABLE_LEFT, true},
    };
    struct table *table = table_open(columns, 3);
    int auth = table_row(table, -1);
    table_cell(table, auth, 0, "auth", TONE_STRONG);
    table_cell(table, auth, 1, "10", TONE_GOOD);
    int child = table_row(table, auth);
    table_cell(table, child, 0, "grüße", TONE_NONE);
    table_cell(table, child, 1, "7", TONE_BAD);
    table_cell(table, child, 2, "a note that is a little too long", TONE_FAINT);
    int last = table_row(table, auth);
    table_cell(table, last, 0, "漢字", TONE_NONE);
    table_cell(table, last, 2, "x", TONE_NONE);
    table_close(table);
}

static void hostile(void)
{
    static const struct table_column columns[] = {{NULL, TABLE_LEFT, false}, {"", TABLE_LEFT, false}};
    struct table *table = table_open(columns, 2);
    int row = table_row(table, -1);
    table_cell(table, row, 0, "a\033]0;title\007b\nc\u202ed", TONE_NONE);
    table_cell(table, row, 1, NULL, TONE_NONE);
    table_close(table);
}

static void nothing(void)
{
    static const struct table_column columns[] = {{"A", TABLE_LEFT, false}};
    table_close(table_open(columns, 1));
}

static void with_empty_columns(void)
{
    static const struct table_column columns[] = {
        {"NAME", TABLE_LEFT, false}, {"NEVER", TABLE_LEFT, true}, {"ONCE", TABLE_LEFT, false}, {"NOTE", TABLE_LEFT, true}};
    struct table *table = table_open(columns, 4);
    for (int i = 0; i < 2; i++) {
        int row = table_row(table, -1);
        table_cell(table, row, 0, "a", TONE_NONE);
        table_cell(table, row, 1, i == 0 ? "" : NULL, TONE_NONE);
        table_cell(table, row, 2, i == 0 ? NULL : "x", TONE_NONE);
        table_cell(table, row, 3, "a note of 20 columns", TONE_NONE);
    }
    table_drop_empty(table, 1);
    table_drop_empty(table, 2);
    table_close(table);
}

static char *read_all(int fd)
{
    char *text = arena_alloc(&arena, 65536);
    size_t length = 0;
    ssize_t got;
    while ((got = read(fd, text + length, 65535 - length)) > 0)
        length += (size_t)got;
    return text;
}

/* What goes to standard output while `print` runs, when it is a file. */
static char *in_a_file(void (*print)(void))
{
    FILE *file = tmpfile();
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    dup2(fileno(file), STDOUT_FILENO);
    print();
    fflush(stdout);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    lseek(fileno(file), 0, SEEK_SET);
    char *text = read_all(fileno(file));
    fclose(file);
    return text;
}

static char *on_a_terminal(void (*print)(void), unsigned short columns)
{
    int master = -1, slave = -1;
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    assert_int_equal(openpty(&master, &slave, NULL, NULL, &size), 0);
    fcntl(master, F_SETFL, O_NONBLOCK);
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    dup2(slave, STDOUT_FILENO);
    print();
    fflush(stdout);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    char *text = read_all(master);
    close(slave);
    close(master);
    return text;
}

static void is_plain_and_whole_in_a_file(void **state)
{
    (void)state;
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    assert_string_equal(in_a_file(services), "SERVICE  DONE  NOTE\n"
                                             "auth       10\n"
                                             "├─grüße     7  a note that is a little too long\n"
                                             "└─漢字         x\n");
}

static void draws_with_ascii_where_the_locale_has_no_more(void **state)
{
    (void)state;
    setlocale(LC_ALL, "C");
    char *text = in_a_file(services);
    setlocale(LC_ALL, "C.UTF-8");
    assert_non_null(strstr(text, "|-gr"));
    assert_non_null(strstr(text, "`-"));
    for (const char *at = text; *at != '\0'; at++)
        assert_true((unsigned char)*at < 0x80);
}

static void makes_control_characters_harmless(void **state)
{
    (void)state;
    static const char *const locales[] = {"C", "C.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        setlocale(LC_ALL, locales[i]);
        char *text = in_a_file(hostile);
        assert_null(strchr(text, '\033'));
        assert_null(strchr(text, '\007'));
        assert_null(strstr(text, "\u202e"));
        assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
        assert_non_null(strstr(text, "\\x1b]0;title\\x07"));
    }
}

static void an_empty_table_is_nothing(void **state)
{
    (void)state;
    assert_string_equal(in_a_file(nothing), "");
}

static void leaves_out_columns_without_text(void **state)
{
    (void)state;
    assert_string_equal(in_a_file(with_empty_columns), "NAME  ONCE  NOTE\n"
                                                       "a           a note of 20 columns\n"
                                                       "a     x     a note of 20 columns\n");
    /* 4 + 2 + 4 + 2 + 20: what is left out takes no room. */
    assert_non_null(strstr(on_a_terminal(with_empty_columns, 32), "a note of 20 columns"));
    assert_non_null(strstr(on_a_terminal(with_empty_columns, 31), "a note of 20 colum…"));
}

static void is_cut_and_coloured_on_a_terminal(void **state)
{
    (void)state;
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    char *text = on_a_terminal(services, 30);
    assert_non_null(strstr(text, "\033[32m"));
    assert_non_null(strstr(text, "\033[31m"));
    assert_non_null(strstr(text, "grüße")); /* the widest column gives first */
    assert_non_null(strstr(text, "a note that is…"));
    assert_null(strstr(text, "little"));
    text = on_a_terminal(services, 200);
    assert_non_null(strstr(text, "too long"));
}

static void colours_can_be_refused(void **state)
{
    (void)state;
    setenv("TERM", "xterm", 1);
    setenv("NO_COLOR", "1", 1);
    assert_null(strchr(on_a_terminal(services, 80), '\033'));
    setenv("NO_COLOR", "", 1);
    assert_non_null(strchr(on_a_terminal(services, 80), '\033'));
    unsetenv("NO_COLOR");
    setenv("TERM", "dumb", 1);
    assert_null(strchr(on_a_terminal(services, 80), '\033'));
}

static void tones_are_empty_where_they_are_not_wanted(void **state)
{
    (void)state;
    int null = open("/dev/null", O_WRONLY);
    assert_false(tone_wanted(null));
    assert_string_equal(tone_on(TONE_BAD, null), "");
    assert_string_equal(tone_off(null), "");
    close(null);
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
        cmocka_unit_test(is_plain_and_whole_in_a_file),
        cmocka_unit_test(draws_with_ascii_where_the_locale_has_no_more),
        cmocka_unit_test(makes_control_characters_harmless),
        cmocka_unit_test(an_empty_table_is_nothing),
        cmocka_unit_test(leaves_out_columns_without_text),
        cmocka_unit_test(is_cut_and_coloured_on_a_terminal),
        cmocka_unit_test(colours_can_be_refused),
        cmocka_unit_test(tones_are_empty_where_they_are_not_wanted),
    };
    return cmocka_run_group_tests_name("table", tests, NULL, release);
}
