#include "cli/help.h"
#include "cli/reference.h"
#include "text/screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

/* No line is wider than 80 columns, none ends in a space, and the text ends with one newline. */
static void check_page(const char *name, const char *page)
{
    size_t length = strlen(page);
    if (length < 2 || page[length - 1] != '\n' || page[length - 2] == '\n')
        fail_msg("%s ends badly", name);
    for (const char *line = page; *line != '\0';) {
        size_t end = strcspn(line, "\n");
        char *copy = arena_strndup(&arena, line, end);
        if (screen_width(copy) > 79)
            fail_msg("%s: too wide: %s", name, copy);
        if (end > 0 && line[end - 1] == ' ')
            fail_msg("%s: ends in a space: '%s'", name, copy);
        line += end + 1;
    }
}

static void pages_fit_80_columns(void **state)
{
    (void)state;
    check_page("overview", help_overview(&arena));
    for (const struct command *row = commands; row->name != NULL; row++)
        check_page(row->name, help_command(&arena, row));
    for (const struct help_topic *topic = help_topics; topic->name != NULL; topic++) {
        struct str page = str_new(&arena);
        topic->print(&page);
        check_page(topic->name, page.at);
    }
}

static void overview_names_every_command(void **state)
{
    (void)state;
    const char *page = help_overview(&arena);
    for (const struct command *row = commands; row->name != NULL; row++) {
        const char *line = arena_printf(&arena, "\n  %s ", row->name);
        if (row->group != NULL && strstr(page, line) == NULL)
            fail_msg("%s is not in the overview", row->name);
    }
}

static void a_command_shows_its_options(void **state)
{
    (void)state;
    const char *page = help_command(&arena, command_find("down"));
    assert_non_null(strstr(page, "Usage: skein [OPTIONS] down [N]\n"));
    assert_non_null(strstr(page, "  --all "));
    assert_non_null(strstr(page, "  --dry-run "));
    assert_null(strstr(page, "--exit-code"));
}

static void topics_are_whole(void **state)
{
    (void)state;
    struct str codes = str_new(&arena), options = str_new(&arena);
    help_find_topic("exit-codes")->print(&codes);
    help_find_topic("options")->print(&options);
    for (size_t i = 0; i < ERR_KINDS; i++)
        assert_non_null(strstr(codes.at, arena_printf(&arena, "  %s ", err_kinds[i].name)));
    for (size_t i = 0; i < OPTIONS; i++)
        if (!option_rows[i].hidden)
            assert_non_null(strstr(options.at, arena_printf(&arena, "  --%s", option_rows[i].name)));
    assert_null(help_find_topic("nothing"));
}

/* Every row of a Markdown table has the columns of its heading. */
static void reference_has_whole_tables(void **state)
{
    (void)state;
    size_t columns = 0;
    const char *next;
    for (const char *line = reference_markdown(&arena); *line != '\0'; line = next) {
        size_t bars = 0, length = strcspn(line, "\n");
        next = line + length + 1;
        for (const char *at = line; *line == '|' && at < line + length; at++)
            bars += *at == '|' && (at == line || at[-1] != '\\');
        if (columns != 0 && bars != 0 && bars != columns)
            fail_msg("%zu bars, not %zu: %.*s", bars, columns, (int)length, line);
        columns = bars;
    }
}

static void commands_are_whole(void **state)
{
    (void)state;
    for (const struct command *row = commands; row->name != NULL; row++) {
        assert_non_null(row->summary);
        assert_non_null(row->run);
        assert_non_null(row->options);
        if (strlen(row->summary) > 55)
            fail_msg("the summary of %s does not fit on its line", row->name);
        assert_true((row->arguments == NULL) == (row->most == 0));
        assert_ptr_equal(command_find(row->name), row);
        for (const enum option *option = row->options; *option != OPTIONS; option++)
            assert_int_equal(option_rows[*option].group, OPTION_GROUP_COMMAND);
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
        cmocka_unit_test(pages_fit_80_columns),        cmocka_unit_test(overview_names_every_command),
        cmocka_unit_test(a_command_shows_its_options), cmocka_unit_test(topics_are_whole),
        cmocka_unit_test(reference_has_whole_tables),  cmocka_unit_test(commands_are_whole),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("help", tests, NULL, release);
}
