#include "synthetic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct synthetic world;

static int set_up(void **state)
{
    (void)state;
    synthetic_open(&world);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&world.arena);
    return 0;
}

static const char *order(void)
{
    struct str text = str_new(&world.arena);
    vec_each(migration, &world.catalog.order)
        str_addf(&text, "%s%s%" PRIu64, text.length == 0 ? "" : " ", (*migration)->service->name, (*migration)->version);
    return text.at;
}

static void equal_ranks_go_by_version_then_service(void **state)
{
    (void)state;
    struct service *a = synthetic_service(&world, "a"), *b = synthetic_service(&world, "b");
    synthetic_migration(&world, a, 1, "ud", false);
    synthetic_migration(&world, a, 3, "ud", false);
    synthetic_migration(&world, b, 1, "ud", false);
    synthetic_migration(&world, b, 2, "ud", false);
    synthetic_close(&world);
    assert_string_equal(order(), "a1 b1 b2 a3");
    assert_int_equal(world.findings.count, 0);
    for (size_t i = 0; i < world.catalog.order.count; i++)
        assert_int_equal(world.catalog.order.at[i]->number, i);
}

static void dependencies_rule_over_versions(void **state)
{
    (void)state;
    struct service *a = synthetic_service(&world, "a"), *b = synthetic_service(&world, "b");
    struct migration *a1 = synthetic_migration(&world, a, 1, "ud", false);
    struct migration *a2 = synthetic_migration(&world, a, 2, "ud", true);
    struct migration *a5 = synthetic_migration(&world, a, 5, "ud", true);
    struct migration *b1 = synthetic_migration(&world, b, 1, "ud", false);
    synthetic_need(&world, a2, a5);
    synthetic_need(&world, a2, a1);
    synthetic_need(&world, b1, a2);
    synthetic_need(&world, b1, a2);
    synthetic_close(&world);
    assert_string_equal(order(), "a1 a5 a2 b1");
    assert_int_equal(b1->needs.count, 1);
    assert_int_equal(a2->needs.count, 2);
    assert_ptr_equal(a2->needed_by.at[0], b1);
}

static void a_cycle_is_printed_as_one(void **state)
{
    (void)state;
    struct service *a = synthetic_service(&world, "auth-service"), *u = synthetic_service(&world, "user-service");
    struct migration *a2 = synthetic_migration(&world, a, 2, "ud", true);
    struct migration *u1 = synthetic_migration(&world, u, 1, "ud", true);
    struct migration *u3 = synthetic_migration(&world, u, 3, "ud", true);
    struct migration *u5 = synthetic_migration(&world, u, 5, "ud", true);
    struct migration *u6 = synthetic_migration(&world, u, 6, "ud", false);
    synthetic_need(&world, u3, u1);
    synthetic_need(&world, u3, u5);
    synthetic_need(&world, u5, a2);
    synthetic_need(&world, a2, u3);
    a2->declaration.place = (struct place){"dependencies.json", 4, 2};
    synthetic_close(&world);
    assert_int_equal(world.findings.count, 1);
    const struct finding *finding = &world.findings.at[0];
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_int_equal(finding->kind, ERR_DEPENDENCY);
    assert_string_equal(finding->rule, "dependency-cycle");
    assert_string_equal(finding->message,
                        "dependency cycle: auth-service 000002 → user-service 000003 → user-service 000005 → "
                        "auth-service 000002");
    assert_string_equal(finding->service, "auth-service");
    assert_int_equal(finding->place.line, 4);
    assert_string_equal(order(), "user-service1 auth-service2 user-service3 user-service5 user-service6");
    assert_int_equal(u6->number, 4);
}

static void an_implied_dependency_in_a_cycle_is_explained(void **state)
{
    (void)state;
    struct service *a = synthetic_service(&world, "a");
    struct migration *a1 = synthetic_migration(&world, a, 1, "ud", true);
    struct migration *a2 = synthetic_migration(&world, a, 2, "ud", false);
    synthetic_need(&world, a1, a2);
    synthetic_close(&world);
    assert_int_equal(world.findings.count, 1);
    assert_string_equal(world.findings.at[0].message, "dependency cycle: 000001 → 000002 → 000001");
    assert_non_null(strstr(world.findings.at[0].hint, "a 000002 has no entry"));
}

static void cycles_apart_are_found_apart(void **state)
{
    (void)state;
    struct service *a = synthetic_service(&world, "a");
    struct migration *at[6];
    for (size_t i = 0; i < 6; i++)
        at[i] = synthetic_migration(&world, a, i + 1, "ud", true);
    for (size_t i = 0; i < 6; i += 2) {
        synthetic_need(&world, at[i], at[i + 1]);
        synthetic_need(&world, at[i + 1], at[i]);
    }
    synthetic_close(&world);
    assert_int_equal(world.findings.count, 3);
    assert_int_equal(world.catalog.order.count, 6);
}

enum { DEEP = 100000 };

static void depth_is_no_danger(void **state)
{
    (void)state;
    struct service *a = synthetic_service(&world, "a");
    struct migration *first = NULL, *last = NULL;
    for (uint64_t version = 1; version <= DEEP; version++) {
        last = synthetic_migration(&world, a, version, "ud", version == 1);
        first = first == NULL ? last : first;
    }
    synthetic_need(&world, first, last);
    synthetic_close(&world);
    assert_int_equal(world.findings.count, 1);
    assert_true(strlen(world.findings.at[0].message) < 1000);
    assert_non_null(strstr(world.findings.at[0].message, "99980 more"));
    assert_int_equal(world.catalog.order.count, DEEP);
}

static void nothing_is_in_order(void **state)
{
    (void)state;
    synthetic_service(&world, "empty");
    synthetic_close(&world);
    assert_int_equal(world.catalog.order.count, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(equal_ranks_go_by_version_then_service),
        CASE(dependencies_rule_over_versions),
        CASE(a_cycle_is_printed_as_one),
        CASE(an_implied_dependency_in_a_cycle_is_explained),
        CASE(cycles_apart_are_found_apart),
        CASE(depth_is_no_danger),
        CASE(nothing_is_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
