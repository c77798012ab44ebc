#include "text/json_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static struct node *read_document(const char *text)
{
    struct err err = {.arena = &arena};
    struct node *root = NULL;
    if (json_read(&arena, "x.json", text, strlen(text), &root, &err) != 0)
        fail_msg("%s\n%s", err.message, text);
    return root;
}

/* {"depends_on": ["1"], "crosses": {"a": ["2"]}}, under the key "new". */
static struct json_part *entry(void)
{
    struct json_part *part = json_part_map(&arena, "new");
    struct json_part *needs = json_part_add(part, json_part_list(&arena, "depends_on"));
    struct json_part *crosses = json_part_add(part, json_part_map(&arena, "crosses"));
    struct json_part *list = json_part_add(crosses, json_part_list(&arena, "a"));
    json_part_add(needs, json_part_text(&arena, NULL, "1"));
    json_part_add(list, json_part_text(&arena, NULL, "2"));
    return part;
}

/* Adds the entry to the member `m` of a document. */
static void check_add(const char *text, const char *expected)
{
    struct source source = {"x.json", text, strlen(text)};
    const char *edited = json_edit_add(&arena, &source, node_find(read_document(text), "m"), entry());
    assert_string_equal(edited, expected);
    read_document(edited);
}

static void it_stands_as_its_neighbours_do(void **state)
{
    (void)state;
    check_add("{\n  \"m\": {\n    \"a\": {\n      \"b\": 1\n    }\n  }\n}\n",
              "{\n  \"m\": {\n    \"a\": {\n      \"b\": 1\n    },\n    \"new\": {\n      \"depends_on\": [\"1\"],\n"
              "      \"crosses\": { \"a\": [\"2\"] }\n    }\n  }\n}\n");
    check_add("{\r\n\t\"m\": {\r\n\t\t\"a\": {\r\n\t\t\t\"b\": 1\r\n\t\t}\r\n\t}\r\n}",
              "{\r\n\t\"m\": {\r\n\t\t\"a\": {\r\n\t\t\t\"b\": 1\r\n\t\t},\r\n\t\t\"new\": {\r\n"
              "\t\t\t\"depends_on\": [\"1\"],\r\n\t\t\t\"crosses\": { \"a\": [\"2\"] }\r\n\t\t}\r\n\t}\r\n}");
    check_add("{\n    \"m\": {\n        \"a\": { \"b\": 1 }\n    }\n}\n",
              "{\n    \"m\": {\n        \"a\": { \"b\": 1 },\n"
              "        \"new\": { \"depends_on\": [\"1\"], \"crosses\": { \"a\": [\"2\"] } }\n    }\n}\n");
    check_add("{\"m\": {\"a\": 1}, \"z\": 2}",
              "{\"m\": {\"a\": 1, \"new\": { \"depends_on\": [\"1\"], \"crosses\": { \"a\": [\"2\"] } }}, \"z\": 2}");
}

static void an_empty_object_is_opened(void **state)
{
    (void)state;
    check_add("{\n  \"m\": {}\n}\n",
              "{\n  \"m\": {\n    \"new\": {\n      \"depends_on\": [\"1\"],\n      \"crosses\": { \"a\": [\"2\"] }\n    }\n"
              "  }\n}\n");
    check_add("{\n  \"m\": {\n\n  }\n}\n",
              "{\n  \"m\": {\n    \"new\": {\n      \"depends_on\": [\"1\"],\n      \"crosses\": { \"a\": [\"2\"] }\n    }\n"
              "  }\n}\n");
}

/* Brackets and quotes in texts, and characters of several bytes in front of the place, mislead nobody. */
static void texts_mislead_nobody(void **state)
{
    (void)state;
    check_add("{\"\\u00e9é}\": \"}\\\"]{\", \"m\": {\"ä\": [\"}\"]}}",
              "{\"\\u00e9é}\": \"}\\\"]{\", \"m\": {\"ä\": [\"}\"], "
              "\"new\": { \"depends_on\": [\"1\"], \"crosses\": { \"a\": [\"2\"] } }}}");
}

static void what_grows_has_lines_of_its_own(void **state)
{
    static const char *const cases[][2] = {
        {"{}", "{\n  \"new\": {\n    \"a\": \"x\"\n  }\n}"},
        {"{\n  \"z\": { \"b\": 1 }\n}\n", "{\n  \"z\": { \"b\": 1 },\n  \"new\": {\n    \"a\": \"x\"\n  }\n}\n"},
        {"{\"z\": {\"b\": 1}}", "{\"z\": {\"b\": 1}, \"new\": { \"a\": \"x\" }}"}};
    (void)state;
    struct json_part *part = json_part_map(&arena, "new");
    json_part_add(part, json_part_text(&arena, "a", "x"));
    part->grows = true;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct source source = {"x.json", cases[i][0], strlen(cases[i][0])};
        assert_string_equal(json_edit_add(&arena, &source, read_document(cases[i][0]), part), cases[i][1]);
    }
}

static void items_are_added_to_lists(void **state)
{
    static const char *const cases[][2] = {
        {"{\"l\": []}", "{\"l\": [\"x\"]}"},
        {"{\"l\": [\"a\"]}", "{\"l\": [\"a\", \"x\"]}"},
        {"{\n  \"l\": [\n    \"a\"\n  ]\n}", "{\n  \"l\": [\n    \"a\",\n    \"x\"\n  ]\n}"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct source source = {"x.json", cases[i][0], strlen(cases[i][0])};
        const struct node *list = node_find(read_document(cases[i][0]), "l");
        assert_string_equal(json_edit_add(&arena, &source, list, json_part_text(&arena, NULL, "x")), cases[i][1]);
    }
}

static void items_are_inserted_in_front_of_others(void **state)
{
    static const char *const cases[][3] = {
        {"{\"l\": [\"a\", \"b\"]}", "{\"l\": [\"x\", \"a\", \"b\"]}", "{\"l\": [\"a\", \"x\", \"b\"]}"},
        {"{\n  \"l\": [\n    \"a\",\n    \"b\"\n  ]\n}", "{\n  \"l\": [\n    \"x\",\n    \"a\",\n    \"b\"\n  ]\n}",
         "{\n  \"l\": [\n    \"a\",\n    \"x\",\n    \"b\"\n  ]\n}"},
        {"{\r\n\t\"l\": [\r\n\t\t\"ü]\",\r\n\t\t\"b\"]}", "{\r\n\t\"l\": [\r\n\t\t\"x\",\r\n\t\t\"ü]\",\r\n\t\t\"b\"]}",
         "{\r\n\t\"l\": [\r\n\t\t\"ü]\",\r\n\t\t\"x\",\r\n\t\t\"b\"]}"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct source source = {"x.json", cases[i][0], strlen(cases[i][0])};
        const struct node *list = node_find(read_document(cases[i][0]), "l");
        const struct json_part *part = json_part_text(&arena, NULL, "x");
        assert_string_equal(json_edit_insert(&arena, &source, list, list->first, part), cases[i][1]);
        assert_string_equal(json_edit_insert(&arena, &source, list, list->first->next, part), cases[i][2]);
    }
}

static void keys_and_texts_are_replaced(void **state)
{
    static const char text[] = "{ \"é\" : \"a\\\"b\" ,\"n\":1}";
    struct source source = {"x.json", text, strlen(text)};
    const struct node *root = read_document(text);
    (void)state;
    assert_string_equal(json_edit_replace(&arena, &source, root->first, true, "k\"ey"),
                        "{ \"k\\\"ey\" : \"a\\\"b\" ,\"n\":1}");
    assert_string_equal(json_edit_replace(&arena, &source, root->first, false, "x"), "{ \"é\" : \"x\" ,\"n\":1}");
    assert_string_equal(json_edit_replace(&arena, &source, root->first->next, false, "x"),
                        "{ \"é\" : \"a\\\"b\" ,\"n\":\"x\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_stands_as_its_neighbours_do), cmocka_unit_test(an_empty_object_is_opened),
        cmocka_unit_test(texts_mislead_nobody),           cmocka_unit_test(items_are_added_to_lists),
        cmocka_unit_test(what_grows_has_lines_of_its_own),
        cmocka_unit_test(keys_and_texts_are_replaced),
        cmocka_unit_test(items_are_inserted_in_front_of_others),
    };
    int failed = cmocka_run_group_tests_name("json_edit", tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
