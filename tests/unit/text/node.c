#include "text/node.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void finds_members_and_walks_in_order(void **state)
{
    (void)state;
    struct node second = {.kind = NODE_NUMBER, .key = "b"}, first = {.kind = NODE_TEXT, .key = "a", .next = &second};
    const struct node map = {.kind = NODE_MAP, .first = &first};
    assert_ptr_equal(node_find(&map, "a"), &first);
    assert_ptr_equal(node_find(&map, "b"), &second);
    assert_null(node_find(&map, "A"));
    assert_null(node_find(&first, "a"));
    const struct node item = {.kind = NODE_TEXT}, list = {.kind = NODE_LIST, .first = (struct node *)&item};
    assert_null(node_find(&list, "a"));
    size_t count = 0;
    node_each(child, &map)
        assert_ptr_equal(child, count++ == 0 ? &first : &second);
    assert_int_equal(count, 2);
}

static void every_kind_has_a_name(void **state)
{
    (void)state;
    for (enum node_kind kind = NODE_NULL; kind <= NODE_MAP; kind++)
        assert_non_null(node_kind_name(kind));
    assert_string_equal(node_kind_name(NODE_LIST), "a list");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_members_and_walks_in_order),
        cmocka_unit_test(every_kind_has_a_name),
    };
    return cmocka_run_group_tests_name("node", tests, NULL, NULL);
}
