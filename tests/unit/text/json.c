#include "text/json.h"

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
    if (json_read(&arena, "a.json", text, strlen(text), &root, &err) != 0)
        fail_msg("%s: %s", text, err.message);
    return root;
}

static void every_value_knows_its_place(void **state)
{
    (void)state;
    const struct node *root = read_text("{\n  \"zw\xc3\xb6lf\": [1, true,\n    null], \"x\": {\"y\": \"\\u00e9\\n\"}\n}\n");
    assert_int_equal(root->kind, NODE_MAP);
    const struct node *list = node_find(root, "zw\xc3\xb6lf");
    assert_int_equal(list->key_place.line, 2);
    assert_int_equal(list->key_place.column, 3);
    assert_int_equal(list->place.column, 12);
    assert_int_equal(list->first->kind, NODE_NUMBER);
    assert_string_equal(list->first->text, "1");
    assert_int_equal(list->first->place.column, 13);
    assert_true(list->first->next->truth);
    assert_int_equal(list->first->next->next->kind, NODE_NULL);
    assert_int_equal(list->first->next->next->place.line, 3);
    assert_int_equal(list->first->next->next->place.column, 5);
    const struct node *y = node_find(node_find(root, "x"), "y");
    assert_string_equal(y->text, "\xc3\xa9\n");
    assert_int_equal(y->place.line, 3);
    assert_int_equal(y->place.column, 23);
    assert_string_equal(y->place.file, "a.json");
    assert_null(node_find(root, "nowhere"));
}

static void numbers_stay_as_written(void **state)
{
    (void)state;
    assert_string_equal(read_text("9223372036854775807")->text, "9223372036854775807");
    assert_string_equal(read_text(" -0.50E+10 ")->text, "-0.50E+10");
}

static void takes_all_of_json(void **state)
{
    (void)state;
    assert_int_equal(read_text("[]")->kind, NODE_LIST);
    assert_null(read_text("{ }")->first);
    assert_string_equal(read_text("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\uD83D\\uDE00\"")->text, "\"\\/\b\f\n\r\t\xF0\x9F\x98\x80");
    assert_string_equal(node_find(read_text("{\"\":\"empty\"}"), "")->text, "empty");
    assert_int_equal(read_text("false")->truth, false);
}

static void says_where_and_what_was_expected(void **state)
{
    (void)state;
    static const struct { const char *text; int line, column; const char *says; } cases[] = {
        {"", 1, 1, "expected a value"},
        {"{\"x\": 1 \"y\": 2}", 1, 9, "expected ',' or '}' after the value of \"x\", found '\"'"},
        {"{\n  \"a\": 1,\n}", 3, 1, "expected a key in double quotes, found '}'"},
        {"[1, 2,]", 1, 7, "expected an item"},
        {"[1 2]", 1, 4, "expected ',' or ']' after this item of the list, found '2'"},
        {"{\"a\" 1}", 1, 6, "expected ':' after the key \"a\""},
        {"{\"a\":}", 1, 6, "expected a value"},
        {"{a: 1}", 1, 2, "expected a key in double quotes, found 'a'"},
        {"{'a': 1}", 1, 2, "expected a key in double quotes"},
        {"{\"a\": 1", 1, 8, "found the end of the file"},
        {"[\"abc\n\"]", 1, 2, "never closed"},
        {"\"abc", 1, 1, "never closed"},
        {"\"a\\", 1, 4, "after a backslash"},
        {"\"\\x\"", 1, 3, "after a backslash"},
        {"\"\\u12g4\"", 1, 3, "four hexadecimal digits"},
        {"\"\\u12", 1, 3, "four hexadecimal digits"},
        {"\"\\uD800\"", 1, 8, "pair of surrogates"},
        {"\"\\uDC00x\"", 1, 8, "pair of surrogates"},
        {"\"a\\u0000\"", 1, 4, "NUL"},
        {"\"a\tb\"", 1, 3, "control character"},
        {"01", 1, 1, "leading zeros"},
        {"{\"000002\": 000001}", 1, 12, "leading zeros"},
        {"-", 1, 2, "a digit of a number"},
        {"+1", 1, 1, "expected a value"},
        {"1.", 1, 3, "after the decimal point"},
        {"1e", 1, 3, "of the exponent"},
        {"NaN", 1, 1, "expected a value"},
        {"nullx", 1, 1, "expected a value"},
        {"True", 1, 1, "expected a value"},
        {"{} {}", 1, 4, "expected the end of the file"},
        {"{} // note", 1, 4, "expected the end of the file"},
        {"{\"a\": 1,\n \"a\": 2}", 2, 2, "\"a\" is here for the second time"},
        {"{\"a\": 1, \"\\u0061\": 2}", 1, 10, "for the second time"},
        {"\xEF\xBB\xBF{}", 1, 1, "byte order mark"},
        {"{\"\xff\": 1}", 1, 3, "0xFF is not UTF-8"},
        {"{\"\xc3\": 1}", 1, 3, "0xC3 is not UTF-8"},
        {"\"\xed\xa0\x80\"", 1, 2, "is not UTF-8"},
        {"{\"a\": 1}\x01", 1, 9, "the byte 0x01"},
        {"1111111111222222222233333333334444444444555555555566666666667777", 1, 1, "at most 63"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct node *root = NULL;
        err_clear(&err);
        if (json_read(&arena, "b.json", cases[i].text, strlen(cases[i].text), &root, &err) != -1)
            fail_msg("%s was read", cases[i].text);
        if (err.place.line != cases[i].line || err.place.column != cases[i].column ||
            strstr(err.message, cases[i].says) == NULL)
            fail_msg("%s gave %d:%d %s", cases[i].text, err.place.line, err.place.column, err.message);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_string_equal(err.place.file, "b.json");
        assert_non_null(err.source_line);
    }
}

static void names_the_first_of_two_keys(void **state)
{
    (void)state;
    struct node *root = NULL;
    const char *text = "{\"a\": 1,\n \"a\": 2}";
    assert_int_equal(json_read(&arena, "b.json", text, strlen(text), &root, &err), -1);
    assert_non_null(strstr(err.hint, "line 1, column 2"));
    assert_string_equal(err.source_line, " \"a\": 2}");
}

static void refuses_a_nul_byte(void **state)
{
    (void)state;
    struct node *root = NULL;
    assert_int_equal(json_read(&arena, "b.json", "{}\0{}", 5, &root, &err), -1);
    assert_int_equal(err.place.column, 3);
    assert_non_null(strstr(err.message, "NUL"));
}

static void bounds_the_depth(void **state)
{
    (void)state;
    struct node *root = NULL;
    static char deep[200001];
    memset(deep, '[', 200000);
    assert_int_equal(json_read(&arena, "b.json", deep, 200000, &root, &err), -1);
    assert_non_null(strstr(err.message, "at most 1000 levels"));
    memset(deep + 1000, ']', 1000);
    assert_int_equal(json_read(&arena, "b.json", deep, 2000, &root, &err), 0);
}

static void reads_only_the_length_given(void **state)
{
    (void)state;
    struct node *root = NULL;
    assert_int_equal(json_read(&arena, "b.json", "12345", 2, &root, &err), 0);
    assert_string_equal(root->text, "12");
}

static void prints_in_the_order_of_setting(void **state)
{
    (void)state;
    struct json *object = json_object(&arena), *list = json_list(&arena);
    json_set_text(object, "z", "a \"quoted\"\ttext\n\x01");
    json_set_integer(object, "big", 9223372036854775807);
    json_set_integer(object, "small", -9223372036854775807 - 1);
    json_set_bool(object, "yes", true);
    json_set_text(object, "nothing", NULL);
    json_add(list, json_integer(&arena, 1));
    json_add(list, json_text(&arena, "\xc3\xa9"));
    json_add(list, json_object(&arena));
    json_set(object, "a", list);
    assert_string_equal(json_print(&arena, object, false),
                        "{\"z\":\"a \\\"quoted\\\"\\ttext\\n\\u0001\",\"big\":9223372036854775807,"
                        "\"small\":-9223372036854775808,\"yes\":true,\"nothing\":null,\"a\":[1,\"\xc3\xa9\",{}]}");
}

static void indents_with_two_spaces(void **state)
{
    (void)state;
    struct json *object = json_object(&arena), *inner = json_object(&arena);
    json_set_text(inner, "tab", "\t:");
    json_set(object, "inner", inner);
    assert_string_equal(json_print(&arena, object, true), "{\n  \"inner\": {\n    \"tab\": \"\\t:\"\n  }\n}");
}

static void prints_json_whatever_the_bytes(void **state)
{
    (void)state;
    assert_string_equal(json_print(&arena, json_text(&arena, "a\xff\xfe" "b\xc3"), false),
                        "\"a\xEF\xBF\xBD\xEF\xBF\xBD" "b\xEF\xBF\xBD\"");
}

static void what_is_printed_can_be_read(void **state)
{
    (void)state;
    struct json *object = json_object(&arena);
    json_set_text(object, "k\"\n", "\x7f\x1f\\u0041 / \xe2\x80\xa8");
    const char *printed = json_print(&arena, object, true);
    assert_string_equal(node_find(read_text(printed), "k\"\n")->text, "\x7f\x1f\\u0041 / \xe2\x80\xa8");
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
        cmocka_unit_test(numbers_stay_as_written),
        cmocka_unit_test(takes_all_of_json),
        cmocka_unit_test(says_where_and_what_was_expected),
        cmocka_unit_test(names_the_first_of_two_keys),
        cmocka_unit_test(refuses_a_nul_byte),
        cmocka_unit_test(bounds_the_depth),
        cmocka_unit_test(reads_only_the_length_given),
        cmocka_unit_test(prints_in_the_order_of_setting),
        cmocka_unit_test(indents_with_two_spaces),
        cmocka_unit_test(prints_json_whatever_the_bytes),
        cmocka_unit_test(what_is_printed_can_be_read),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, release);
}
