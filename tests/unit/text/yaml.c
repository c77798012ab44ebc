#include "text/yaml.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};

static struct node *read_text(const char *text)
{
    struct node *root = NULL;
    if (yaml_read(&arena, "a.yaml", text, strlen(text), &root, &err) != 0)
        fail_msg("%s: %d:%d %s", text, err.place.line, err.place.column, err.message);
    return root;
}

static void every_value_knows_its_place(void **state)
{
    (void)state;
    const struct node *root = read_text("# c\ndatabase:\n  h\xc3\xb6st: \"x\"  \n  ports:\n    - 1\n    - {a: b}\n");
    const struct node *database = node_find(root, "database");
    assert_int_equal(database->key_place.line, 2);
    assert_int_equal(database->key_place.column, 1);
    const struct node *host = node_find(database, "h\xc3\xb6st");
    assert_int_equal(host->place.line, 3);
    assert_int_equal(host->place.column, 9);
    assert_string_equal(host->place.file, "a.yaml");
    const struct node *ports = node_find(database, "ports");
    assert_int_equal(ports->kind, NODE_LIST);
    assert_int_equal(ports->first->place.line, 5);
    assert_string_equal(node_find(ports->first->next, "a")->text, "b");
}

static void scalars_follow_the_core_schema(void **state)
{
    (void)state;
    static const struct { const char *text; enum node_kind kind; bool truth; } cases[] = {
        {"true", NODE_BOOL, true}, {"False", NODE_BOOL, false}, {"TRUE", NODE_BOOL, true}, {"tRUE", NODE_TEXT, false},
        {"yes", NODE_TEXT, false}, {"on", NODE_TEXT, false}, {"null", NODE_NULL, false}, {"~", NODE_NULL, false},
        {"", NODE_NULL, false}, {"12", NODE_NUMBER, false}, {"-1.5e-3", NODE_NUMBER, false}, {"0x1F", NODE_NUMBER, false},
        {"0o17", NODE_NUMBER, false}, {"0x", NODE_TEXT, false}, {".5", NODE_NUMBER, false}, {".", NODE_TEXT, false},
        {"1.2.3", NODE_TEXT, false}, {"1e", NODE_TEXT, false}, {"300s", NODE_TEXT, false}, {".inf", NODE_NUMBER, false},
        {"000003", NODE_NUMBER, false}, {"\"true\"", NODE_TEXT, false}, {"'12'", NODE_TEXT, false},
        {"!!str 12", NODE_TEXT, false}, {"${DB_HOST}", NODE_TEXT, false}, {"2001-01-01", NODE_TEXT, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct node *value = node_find(read_text(arena_printf(&arena, "k: %s\n", cases[i].text)), "k");
        if (value->kind != cases[i].kind || value->truth != cases[i].truth)
            fail_msg("%s is %s", cases[i].text, node_kind_name(value->kind));
    }
    assert_string_equal(node_find(read_text("k: 000003"), "k")->text, "000003");
}

static void empty_files_are_empty_maps(void **state)
{
    (void)state;
    static const char *const cases[] = {"", "\n", "# only a comment\n", "---\n", "--- {}\n...\n", "~", "\r\n"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct node *root = read_text(cases[i]);
        assert_int_equal(root->kind, NODE_MAP);
        assert_null(root->first);
    }
}

static void aliases_stand_for_their_anchors(void **state)
{
    (void)state;
    const struct node *root = read_text("a: &x {n: 1, l: [2]}\nb: *x\nc: &x 7\nd: *x\n");
    assert_string_equal(node_find(node_find(root, "b"), "n")->text, "1");
    assert_string_equal(node_find(node_find(root, "b"), "l")->first->text, "2");
    assert_int_equal(node_find(root, "d")->kind, NODE_NUMBER);
    assert_string_equal(node_find(root, "d")->text, "7");
}

static void says_where_and_what_was_expected(void **state)
{
    (void)state;
    static const struct { const char *text; int line, column; const char *says; } cases[] = {
        {"a: b: c\n", 1, 5, "':' is not allowed here"},
        {"a: \"open\nb: 1\n", 1, 4, "never closed"},
        {"a: 'open", 1, 4, "never closed"},
        {"a:\n  b: 1\n c: 2\n", 3, 2, "indentation"},
        {"a: 1\nb\nc: 2\n", 2, 1, "expected ':' after this key"},
        {"a: [1, 2\nb: 3\n", 2, 2, "expected ',' or ']'"},
        {"a: {b: 1\nc: 3\n", 2, 2, "expected ',' or '}'"},
        {"a:\n\tb: 1\n", 2, 1, "cannot begin a value"},
        {"a: @x\n", 1, 4, "cannot begin a value"},
        {"a: %x\n", 1, 4, "cannot begin a value"},
        {"a: - b\n", 1, 4, "a list cannot begin here"},
        {"a: \"\\q\"\n", 1, 5, "unknown escape"},
        {"a: \"x\\0\"\n", 1, 4, "NUL"},
        {"a: 1\na: 2\n", 2, 1, "\"a\" is here for the second time"},
        {"a: *x\n", 1, 4, "the alias *x has no anchor"},
        {"a: &x [*x]\n", 1, 8, "the alias *x has no anchor"},
        {"a: !env HOME\n", 1, 4, "the tag !env means nothing here"},
        {"a: !!python/object {}\n", 1, 4, "means nothing here"},
        {"[1]: x\n", 1, 1, "expected a text as key"},
        {"? {a: b}\n: x\n", 1, 3, "expected a text as key"},
        {"a: 1\n---\nb: 2\n", 2, 1, "a second document"},
        {"a: 1\n... \nx: 1\n", 3, 1, "expected the end of the file"},
        {"a: \x01\n", 1, 4, "control character"},
        {"\xEF\xBB\xBF" "a: 1\n", 1, 1, "byte order mark"},
        {"a: \xff\n", 1, 4, "0xFF is not UTF-8"},
        {"}", 1, 1, "expected a value here"},
        {"- a\nb: 1\n", 2, 1, "expected '- '"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct node *root = NULL;
        err_clear(&err);
        if (yaml_read(&arena, "b.yaml", cases[i].text, strlen(cases[i].text), &root, &err) != -1)
            fail_msg("%s was read", cases[i].text);
        if (err.place.line != cases[i].line || err.place.column != cases[i].column ||
            strstr(err.message, cases[i].says) == NULL)
            fail_msg("%s gave %d:%d %s", cases[i].text, err.place.line, err.place.column, err.message);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_string_equal(err.place.file, "b.yaml");
        assert_non_null(err.source_line);
    }
}

static void refuses_a_nul_byte(void **state)
{
    (void)state;
    struct node *root = NULL;
    assert_int_equal(yaml_read(&arena, "b.yaml", "a: 1\n\0", 6, &root, &err), -1);
    assert_int_equal(err.place.line, 2);
    assert_non_null(strstr(err.message, "NUL"));
}

static void bounds_depth_and_expansion(void **state)
{
    (void)state;
    struct node *root = NULL;
    char deep[20001];
    memset(deep, '[', 20000);
    assert_int_equal(yaml_read(&arena, "b.yaml", deep, 20000, &root, &err), -1);
    assert_non_null(strstr(err.message, "deeper than 100"));
    struct str laughs = str_new(&arena);
    str_add(&laughs, "a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
        str_addf(&laughs, "a%d: &a%d [", i, i);
        for (int j = 0; j < 9; j++)
            str_addf(&laughs, "%s*a%d", j == 0 ? "" : ", ", i - 1);
        str_add(&laughs, "]\n");
    }
    assert_int_equal(yaml_read(&arena, "b.yaml", laughs.at, laughs.length, &root, &err), -1);
    assert_non_null(strstr(err.message, "more than 10000 values"));
}

static void reads_only_the_length_given(void **state)
{
    (void)state;
    struct node *root = NULL;
    assert_int_equal(yaml_read(&arena, "a.yaml", "a: 12345", 5, &root, &err), 0);
    assert_string_equal(node_find(root, "a")->text, "12");
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
        cmocka_unit_test(every_value_knows_its_place),
        cmocka_unit_test(scalars_follow_the_core_schema),
        cmocka_unit_test(empty_files_are_empty_maps),
        cmocka_unit_test(aliases_stand_for_their_anchors),
        cmocka_unit_test(says_where_and_what_was_expected),
        cmocka_unit_test(refuses_a_nul_byte),
        cmocka_unit_test(bounds_depth_and_expansion),
        cmocka_unit_test(reads_only_the_length_given),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, release);
}
