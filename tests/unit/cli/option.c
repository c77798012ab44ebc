#include "cli/option.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

/* Reads words separated by one space each; an empty word is written as '~'. */
static int read_line(const char *line, struct options *options, struct err *err)
{
    struct strings words = {0};
    char *copy = arena_strdup(&arena, line);
    for (char *word = copy; word != NULL && *copy != '\0';) {
        char *space = strchr(word, ' ');
        if (space != NULL)
            *space++ = '\0';
        *vec_add(&arena, &words) = strcmp(word, "~") == 0 ? "" : word;
        word = space;
    }
    *vec_add(&arena, &words) = NULL;
    *err = (struct err){.arena = &arena};
    return option_read(&arena, words.at, options, err);
}

/* The line must give this command, these arguments (joined by ','), and this text for one option. */
static void reads_all_spellings(void **state)
{
    (void)state;
    static const struct {
        const char *line, *command, *arguments;
        enum option option;
        const char *text;
    } cases[] = {
        {"", NULL, "", OPTION_SERVICE, NULL},
        {"up", "up", "", OPTION_SERVICE, NULL},
        {"up 2", "up", "2", OPTION_SERVICE, NULL},
        {"up --service a", "up", "", OPTION_SERVICE, "a"},
        {"--service a up", "up", "", OPTION_SERVICE, "a"},
        {"-service a up", "up", "", OPTION_SERVICE, "a"},
        {"-service=a up", "up", "", OPTION_SERVICE, "a"},
        {"--service=a=b up", "up", "", OPTION_SERVICE, "a=b"},
        {"up --json", "up", "", OPTION_JSON, "true"},
        {"up --json=false", "up", "", OPTION_JSON, "false"},
        {"up -json=T", "up", "", OPTION_JSON, "true"},
        {"-v up", "up", "", OPTION_VERBOSE, "true"},
        /* what comes behind -- is no option, and a negative number never is one */
        {"force -- -1", "force", "-1", OPTION_SERVICE, NULL},
        {"force -1", "force", "-1", OPTION_SERVICE, NULL},
        {"up -- --json", "up", "--json", OPTION_JSON, NULL},
        {"up -", "up", "-", OPTION_JSON, NULL},
        {"up --to -1", "up", "", OPTION_TO, "-1"},
        /* golang-migrate */
        {"-path db -database postgres://h/d up", "up", "", OPTION_MIGRATIONS, "db"},
        {"-path db -database postgres://h/d up", "up", "", OPTION_DATABASE, "postgres://h/d"},
        {"-source file://db/m up 1", "up", "1", OPTION_MIGRATIONS, "db/m"},
        {"-source file:///abs up", "up", "", OPTION_MIGRATIONS, "/abs"},
        {"-source file:m up", "up", "", OPTION_MIGRATIONS, "m"},
        {"-source m up", "up", "", OPTION_MIGRATIONS, "m"},
        {"-source ./a:b up", "up", "", OPTION_MIGRATIONS, "./a:b"},
        {"-lock-timeout 15 -prefetch 10 -verbose up", "up", "", OPTION_WAIT, "15"},
        {"create -ext sql -dir db -seq add_users", "create", "add_users", OPTION_SEQ, "true"},
        {"down -all", "down", "", OPTION_ALL, "true"},
        /* source A */
        {"up --service user-service --environment development", "up", "", OPTION_ENVIRONMENT, "development"},
        {"rollback --migration 000004_settings --service s", "rollback", "", OPTION_MIGRATION, "000004_settings"},
        /* source D */
        {"-command=up -config=./c.yaml -migrations=./m", "up", "", OPTION_MIGRATIONS, "./m"},
        {"-command=down -target=2 -config=./c.yaml -migrations=./m", "down", "", OPTION_TO, "2"},
        {"-command=create -name=add_indexes -config=c -migrations=m", "create", "", OPTION_NAME, "add_indexes"},
        {"-command=up 2", "up", "2", OPTION_COMMAND, "up"},
        /* source E */
        {"--environment=staging --database-url=postgres://h/d", "up", "", OPTION_DATABASE, "postgres://h/d"},
        {"--environment=development --aggressive", "up", "", OPTION_APPROACH, "aggressive"},
        {"--environment=staging --rollback-to-version=3", "rollback", "", OPTION_TO, "3"},
        {"--rollback-to-version=3 --environment=production --require-approval", "rollback", "",
         OPTION_REQUIRE_APPROVAL, "true"},
        {"status --rollback-to-version=3", "status", "", OPTION_TO, "3"},
        /* not a command by itself */
        {"--database postgres://h/d", NULL, "", OPTION_DATABASE, "postgres://h/d"},
        {"--environment=production --help", NULL, "", OPTION_HELP, "true"},
        {"--environment production --version", NULL, "", OPTION_VERSION, "true"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct options options;
        struct err err;
        if (read_line(cases[i].line, &options, &err) != 0)
            fail_msg("'%s': %s", cases[i].line, err.message);
        struct str joined = str_new(&arena);
        str_add(&joined, "");
        vec_each(argument, &options.arguments)
            str_addf(&joined, "%s%s", joined.length > 0 ? "," : "", *argument);
        if (!str_same(options.command, cases[i].command))
            fail_msg("'%s': command %s", cases[i].line, options.command);
        if (strcmp(joined.at, cases[i].arguments) != 0)
            fail_msg("'%s': arguments %s", cases[i].line, joined.at);
        if (!str_same(options.text[cases[i].option], cases[i].text))
            fail_msg("'%s': option is %s", cases[i].line, options.text[cases[i].option]);
    }
}

static void refuses_what_is_wrong(void **state)
{
    (void)state;
    static const struct { const char *line, *message, *hint; } cases[] = {
        {"up --servce a", "unknown option --servce", "did you mean --service?"},
        {"up -databse=x", "unknown option -databse", "did you mean --database?"},
        {"up --xyzzy", "unknown option --xyzzy", "skein help lists the options"},
        {"up ---json", "unknown option ---json", NULL},
        {"up --=x", "unknown option --", NULL},
        {"up --service", "--service needs a value (NAME)", "write --service=NAME"},
        {"up --service --environment dev", "--service needs a value (NAME) and is followed by --environment", NULL},
        {"up --service=", "--service is empty", "give a value, or leave the option out"},
        {"up --service ~", "--service is empty", NULL},
        {"up --json=maybe", "--json is true or false, not 'maybe'", NULL},
        {"up --aggressive=no", "--aggressive takes no value", NULL},
        {"up --service a --service b", "--service given twice, with different values", "keep one of them"},
        {"up --target 1 --to 2", "--target and --to given twice, with different values", NULL},
        {"up --aggressive --careful", "--aggressive and --careful given twice, with different values", NULL},
        {"-source github://a/b up", "-source github://a/b: skein reads migrations from files only", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct options options;
        struct err err;
        if (read_line(cases[i].line, &options, &err) == 0)
            fail_msg("'%s' was read", cases[i].line);
        assert_int_equal(err.kind, ERR_USAGE);
        assert_string_equal(err.message, cases[i].message);
        if (cases[i].hint != NULL)
            assert_string_equal(err.hint, cases[i].hint);
    }
}

static void the_same_twice_is_no_fault(void **state)
{
    (void)state;
    struct options options;
    struct err err;
    assert_int_equal(read_line("up --service a -service=a", &options, &err), 0);
    assert_string_equal(options.text[OPTION_SERVICE], "a");
}

/* No argument crashes the parser, whatever bytes it has. */
static void survives_bytes(void **state)
{
    (void)state;
    char word[] = "--x\0";
    for (int first = 1; first < 256; first++)
        for (int second = 0; second < 256; second++) {
            struct options options;
            struct err err = {.arena = &arena};
            word[1] = (char)first;
            word[2] = (char)second;
            const char *const arguments[] = {word, NULL};
            (void)option_read(&arena, arguments, &options, &err);
        }
    arena_release(&arena);
}

static void environment_fills_in(void **state)
{
    (void)state;
    bool accepted[OPTIONS] = {[OPTION_SERVICE] = true, [OPTION_YES] = true, [OPTION_JSON] = true};
    struct options options;
    struct err err;
    setenv("SKEIN_SERVICE", "from-environment", 1);
    setenv("SKEIN_YES", "1", 1);
    setenv("SKEIN_JSON", "", 1);
    setenv("SKEIN_COUNT", "3", 1);
    assert_int_equal(read_line("up", &options, &err), 0);
    assert_int_equal(option_read_environment(&arena, accepted, &options, &err), 0);
    assert_string_equal(options.text[OPTION_SERVICE], "from-environment");
    assert_string_equal(options.spelled[OPTION_SERVICE], "SKEIN_SERVICE");
    assert_true(option_on(&options, OPTION_YES));
    assert_false(option_on(&options, OPTION_JSON));
    assert_null(options.text[OPTION_COUNT]);

    assert_int_equal(read_line("up --service mine --yes=false", &options, &err), 0);
    assert_int_equal(option_read_environment(&arena, accepted, &options, &err), 0);
    assert_string_equal(options.text[OPTION_SERVICE], "mine");
    assert_false(option_on(&options, OPTION_YES));

    setenv("SKEIN_YES", "perhaps", 1);
    assert_int_equal(read_line("up", &options, &err), 0);
    assert_int_equal(option_read_environment(&arena, accepted, &options, &err), -1);
    assert_string_equal(err.message, "SKEIN_YES is true or false, not 'perhaps'");
}

static void tables_are_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < OPTIONS; i++) {
        assert_non_null(option_rows[i].name);
        assert_non_null(option_rows[i].summary);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(option_rows[i].name, option_rows[j].name);
        for (const struct option_synonym *row = option_synonyms; row->name != NULL; row++)
            assert_string_not_equal(row->name, option_rows[i].name);
    }
    for (const struct option_synonym *row = option_synonyms; row->name != NULL; row++)
        for (const struct option_synonym *other = option_synonyms; other != row; other++)
            assert_string_not_equal(row->name, other->name);
}

/* `skein config` names an option as the source of a value: it must be the one that people can type. */
static void settings_have_the_names_of_their_options(void **state)
{
    (void)state;
    for (size_t i = 0; i < OPTIONS; i++)
        if (option_rows[i].setting != SETTINGS)
            assert_string_equal(option_rows[i].name, setting_rows[option_rows[i].setting].name);
}

/* The make fragment speaks by these. */
static void make_has_its_variables(void **state)
{
    (void)state;
    static const struct { enum option option; const char *variable; } rows[] = {
        {OPTION_SERVICE, "SKEIN_SERVICE"}, {OPTION_ENVIRONMENT, "SKEIN_ENVIRONMENT"}, {OPTION_NAME, "SKEIN_NAME"},
        {OPTION_COUNT, "SKEIN_COUNT"}, {OPTION_TO, "SKEIN_TO"}, {OPTION_MIGRATION, "SKEIN_MIGRATION"},
        {OPTION_CONFIRM, "SKEIN_CONFIRM"}, {OPTION_FILE, "SKEIN_FILE"}, {OPTION_YES, "SKEIN_YES"},
        {OPTION_JSON, "SKEIN_JSON"}, {OPTION_VERBOSE, "SKEIN_VERBOSE"}, {OPTION_DRY_RUN, "SKEIN_DRY_RUN"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(option_variable(rows[i].option), rows[i].variable);
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
        cmocka_unit_test(reads_all_spellings),
        cmocka_unit_test(refuses_what_is_wrong),
        cmocka_unit_test(the_same_twice_is_no_fault),
        cmocka_unit_test(survives_bytes),
        cmocka_unit_test(environment_fills_in),
        cmocka_unit_test(tables_are_whole),
        cmocka_unit_test(settings_have_the_names_of_their_options),
        cmocka_unit_test(make_has_its_variables),
    };
    return cmocka_run_group_tests_name("option", tests, NULL, release);
}
