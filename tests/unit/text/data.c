#include "text/data.h"

#include "text/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};

static void keeps_what_was_put_in(void **state)
{
    (void)state;
    struct data *map = data_map(&arena);
    data_set_text(&arena, map, "name", "users");
    data_set_text(&arena, map, "comment", NULL);
    data_set_integer(&arena, map, "rows", -9223372036854775807LL - 1);
    data_set_bool(&arena, map, "big", true);
    const char *words[] = {"a", "b"};
    data_set_texts(&arena, map, "words", &(struct strings){words, 2, 2});
    assert_string_equal(data_find(map, "name")->text, "users");
    assert_int_equal(data_find(map, "comment")->kind, DATA_NOTHING);
    assert_string_equal(data_find(map, "rows")->text, "-9223372036854775808");
    assert_int_equal(data_find(map, "big")->kind, DATA_TRUE);
    assert_string_equal(data_find(map, "words")->first->text, "a");
    assert_ptr_equal(data_find(map, "words")->first->next, data_find(map, "words")->last);
    assert_null(data_find(map, "Name"));
    assert_null(data_find(data_find(map, "name"), "name"));
}

static struct data *make_item(void *context, size_t number, struct arena *of_item)
{
    (*(size_t *)context)++;
    struct data *map = data_map(of_item);
    data_set_integer(of_item, map, "number", (long long)number);
    return map;
}

static void makes_items_when_their_turn_comes(void **state)
{
    (void)state;
    size_t made = 0;
    struct data *list = data_list_from(&arena, (struct data_source){3, make_item, &made});
    struct data *none = data_list_from(&arena, (struct data_source){0, make_item, &made});
    assert_true(data_is_true(list) && !data_is_true(none) && data_count(list) == 3 && made == 0);
    struct data_items items = data_items(list);
    for (size_t i = 0; i < 3; i++) {
        const struct data *item = data_next(&items);
        assert_int_equal(data_find_text(item, "number")[0] - '0', i);
        assert_true(made == i + 1 && data_is_last(&items) == (i == 2));
    }
    assert_null(data_next(&items));
    assert_null(data_next(&items));
    assert_string_equal(data_find_text(data_at(list, 2, &arena), "number"), "2");
    struct data *eager = data_list(&arena);
    data_add_text(&arena, eager, "a");
    data_add_text(&arena, eager, "b");
    items = data_items(eager);
    assert_true(data_next(&items) == eager->first && !data_is_last(&items) && data_next(&items) == eager->last && data_is_last(&items));
    assert_null(data_next(&items));
    assert_true(data_count(eager) == 2 && data_at(eager, 1, &arena) == eager->last);
    items = data_items(data_text(&arena, "no list"));
    assert_null(data_next(&items));
}

static void stands_in_two_places(void **state)
{
    (void)state;
    struct data *service = data_map(&arena), *page = data_map(&arena), *other = data_map(&arena);
    data_set_text(&arena, service, "name", "billing");
    data_set(page, "service", service);
    data_set_text(&arena, page, "title", "one");
    data_set(other, "of", data_share(&arena, service));
    assert_string_equal(data_find(data_find(other, "of"), "name")->text, "billing");
    assert_null(data_find(other, "title"));
    assert_string_equal(data_find(page, "title")->text, "one");
}

static void is_made_of_documents(void **state)
{
    (void)state;
    static const char text[] = "{\"a\": [1.50, null, true, false, \"x\"], \"b\": {\"c\": \"\"}}";
    struct node *root = NULL;
    assert_int_equal(json_read(&arena, "a.json", text, sizeof(text) - 1, &root, &err), 0);
    const struct data *map = data_from_node(&arena, root), *item = data_find(map, "a")->first;
    static const enum data_kind kinds[] = {DATA_TEXT, DATA_NOTHING, DATA_TRUE, DATA_FALSE, DATA_TEXT};
    assert_string_equal(item->text, "1.50");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++, item = item->next)
        assert_int_equal(item->kind, kinds[i]);
    assert_null(item);
    assert_string_equal(data_find(data_find(map, "b"), "c")->text, "");
}

static void says_what_is_true(void **state)
{
    (void)state;
    struct data *list = data_list(&arena);
    assert_false(data_is_true(list));
    data_add_text(&arena, list, "");
    assert_true(data_is_true(list));
    assert_false(data_is_true(list->first));
    assert_true(data_is_true(data_integer(&arena, 0)));
    assert_true(data_is_true(data_map(&arena)));
    assert_false(data_is_true(data_text(&arena, NULL)));
    assert_false(data_is_true(data_bool(&arena, false)));
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
        cmocka_unit_test(keeps_what_was_put_in), cmocka_unit_test(makes_items_when_their_turn_comes),
        cmocka_unit_test(stands_in_two_places),
        cmocka_unit_test(is_made_of_documents),
        cmocka_unit_test(says_what_is_true),
    };
    return cmocka_run_group_tests_name("data", tests, NULL, release);
}
