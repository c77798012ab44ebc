#include "cli/json_log.h"
#include "cli/progress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;
static struct service users = {.name = "users", .directory = "services/users"};
static struct migration first = {.service = &users, .version = 1, .id = "000001_a", .name = "a"};
static struct step up = {.migration = &first, .direction = DIRECTION_UP};

/* What a listener prints to a stream (1 or 2) while it hears the events; the stream is a file, no terminal. */
static const char *hear(struct listener *listener, int stream, const struct event events[], size_t count)
{
    FILE *file = tmpfile();
    FILE *output = stream == STDOUT_FILENO ? stdout : stderr;
    char *text = arena_alloc(&arena, 65536);
    fflush(output);
    int kept = dup(stream);
    dup2(fileno(file), stream);
    for (size_t i = 0; i < count; i++) {
        listener->hear(listener, &events[i]);
        if (listener->tick != NULL)
            listener->tick(listener);
    }
    fflush(output);
    dup2(kept, stream);
    close(kept);
    rewind(file);
    size_t length = fread(text, 1, 65535, file);
    text[length] = '\0';
    fclose(file);
    return text;
}

static const struct event run[] = {
    {.kind = EVENT_RUN_STARTED, .count = 12},
    {.kind = EVENT_MIGRATION_STARTED, .step = &up},
    {.kind = EVENT_STATEMENT_STARTED, .step = &up, .number = 1, .count = 2, .text = "VACUUM"},
    {.kind = EVENT_NOTICE, .step = &up, .severity = "NOTICE", .text = "line one\nline \033[2J two"},
    {.kind = EVENT_STATEMENT_FINISHED, .step = &up, .number = 1, .count = 2, .duration = 1500},
    {.kind = EVENT_MIGRATION_FINISHED, .step = &up, .duration = 7300},
    {.kind = EVENT_RETRYING, .text = "a lock", .number = 2, .duration = 1000000},
    {.kind = EVENT_RUN_FINISHED, .count = 12, .duration = 1250000},
};

static void plain_lines_where_there_is_no_terminal(void **state)
{
    (void)state;
    struct progress progress;
    progress_init(&progress, false);
    progress.live = false;
    assert_string_equal(hear(&progress.listener, STDERR_FILENO, run, sizeof run / sizeof *run),
                        "NOTICE: line one\nNOTICE: line \\x1b[2J two\n"
                        "[ 1/12] up   users 000001_a (7.3 ms)\n"
                        "retry: a lock; attempt 2 in 1.00 s\n"
                        "12 of 12 migrations done in 1.25 s\n");
}

static void verbose_tells_statements(void **state)
{
    (void)state;
    struct progress progress;
    progress_init(&progress, true);
    const char *text = hear(&progress.listener, STDERR_FILENO, run, sizeof run / sizeof *run);
    assert_non_null(strstr(text, "statement: 1/2 VACUUM (1.5 ms)\n"));
}

static void a_live_line_is_cleared(void **state)
{
    (void)state;
    struct progress progress;
    progress_init(&progress, false);
    progress.live = true;
    const char *text = hear(&progress.listener, STDERR_FILENO, run, 3);
    assert_non_null(strstr(text, "\r\033[K[ 1/12] up   users 000001_a  "));
    assert_non_null(strstr(text, "(1/2 VACUUM)"));
    text = hear(&progress.listener, STDERR_FILENO, &run[5], 1);
    assert_memory_equal(text, "\r\033[K[ 1/12]", 11);
    assert_false(progress.drawn);
}

static void a_long_name_leaves_room_for_the_time(void **state)
{
    (void)state;
    static struct migration wide = {.service = &users, .version = 2, .name = "wide"};
    wide.id = "000002_a_name_that_fills_more_than_one_line_of_any_terminal_that_is_eighty_columns_wide";
    static const struct step step = {.migration = &wide, .direction = DIRECTION_UP};
    const struct event long_run[] = {{.kind = EVENT_RUN_STARTED, .count = 12},
                                     {.kind = EVENT_MIGRATION_STARTED, .step = &step},
                                     {.kind = EVENT_STATEMENT_STARTED, .step = &step, .number = 1, .count = 2,
                                      .text = "VACUUM"}};
    struct progress progress;
    progress_init(&progress, false);
    progress.live = true;
    const char *text = hear(&progress.listener, STDERR_FILENO, long_run, 3);
    assert_non_null(strstr(text, " ms  (1/2 VACUUM)"));
}

static void nothing_to_do_prints_nothing(void **state)
{
    (void)state;
    static const struct event nothing[] = {{.kind = EVENT_RUN_STARTED}, {.kind = EVENT_RUN_FINISHED}};
    struct progress progress;
    progress_init(&progress, true);
    assert_string_equal(hear(&progress.listener, STDERR_FILENO, nothing, 2), "");
}

/* Every event is a line of its own that begins with format, event and time. */
static void json_is_a_line_per_event(void **state)
{
    (void)state;
    struct listener listener;
    json_log_init(&listener);
    const char *text = hear(&listener, STDOUT_FILENO, run, sizeof run / sizeof *run);
    size_t lines = 0;
    const char *next;
    for (const char *line = text; *line != '\0'; line = next) {
        next = strchr(line, '\n') + 1;
        const char *head = arena_printf(&arena, "{\"format\":1,\"event\":\"%s\",\"time\":\"2", event_names[run[lines].kind]);
        if (strncmp(line, head, strlen(head)) != 0 || next[-2] != '}')
            fail_msg("%s", line);
        lines++;
    }
    assert_int_equal(lines, sizeof run / sizeof *run);
    assert_non_null(strstr(text, "\"service\":\"users\",\"version\":1,\"id\":\"000001_a\",\"name\":\"a\",\"direction\":\"up\","
                                 "\"duration_us\":7300}\n"));
    assert_non_null(strstr(text, "\"text\":\"line one\\nline \\u001b[2J two\""));
    assert_non_null(strstr(text, "\"count\":12,\"duration_us\":1250000,\"error\":null}\n"));
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
        cmocka_unit_test(plain_lines_where_there_is_no_terminal),
        cmocka_unit_test(verbose_tells_statements),
        cmocka_unit_test(a_live_line_is_cleared),
        cmocka_unit_test(a_long_name_leaves_room_for_the_time),
        cmocka_unit_test(nothing_to_do_prints_nothing),
        cmocka_unit_test(json_is_a_line_per_event),
    };
    return cmocka_run_group_tests_name("progress", tests, NULL, release);
}
