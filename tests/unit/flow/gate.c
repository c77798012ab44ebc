#include "flow/gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static struct service service_of(const char *environment, const char *approach)
{
    struct service service = {.name = "users", .environment = {.require_approval = -1}};
    service.config.values[SETTING_ENVIRONMENT].text = environment;
    service.config.values[SETTING_APPROACH].text = approach;
    return service;
}

static void strategies_ask(void **state)
{
    (void)state;
    struct service development = service_of("development", "aggressive");
    struct service staging = service_of("staging", "careful");
    struct service production = service_of("production", "conservative");
    production.config.values[SETTING_MANUAL_APPROVAL] =
        (struct value){.text = "true", .number = 1, .origin = ORIGIN_STRATEGY, .source = "strategy conservative"};
    assert_null(gate_asks(&arena, &development, DIRECTION_UP));
    assert_null(gate_asks(&arena, &development, DIRECTION_DOWN));
    assert_null(gate_asks(&arena, &staging, DIRECTION_UP));
    assert_string_equal(gate_asks(&arena, &staging, DIRECTION_DOWN), "environment staging is careful");
    assert_string_equal(gate_asks(&arena, &production, DIRECTION_UP), "environment production is conservative");
    assert_string_equal(gate_asks(&arena, &production, DIRECTION_DOWN), "environment production is conservative");
}

static void approval_asks_whatever_the_strategy_says(void **state)
{
    (void)state;
    struct service service = service_of("development", "aggressive");
    service.environment.require_approval = 1;
    service.environment.place = (struct place){"environments.json", 7, 3};
    assert_string_equal(gate_asks(&arena, &service, DIRECTION_UP),
                        "environment development of users requires approval (environments.json:7)");
    service.environment.require_approval = 0;
    assert_null(gate_asks(&arena, &service, DIRECTION_UP));
    service.config.values[SETTING_MANUAL_APPROVAL] =
        (struct value){.text = "true", .number = 1, .origin = ORIGIN_OPTION, .source = "--require-approval"};
    assert_string_equal(gate_asks(&arena, &service, DIRECTION_UP), "approval is required (--require-approval)");
}

static void an_unknown_strategy_asks(void **state)
{
    (void)state;
    struct service service = service_of("development", "reckless");
    assert_non_null(gate_asks(&arena, &service, DIRECTION_UP));
    service = service_of("development", NULL);
    assert_non_null(gate_asks(&arena, &service, DIRECTION_UP));
}

static void one_step_decides_for_the_plan(void **state)
{
    (void)state;
    struct service free = service_of("development", "aggressive"), bound = service_of("staging", "careful");
    struct migration first = {.service = &free}, second = {.service = &bound};
    struct plan plan = {0};
    assert_null(gate_asks_about(&arena, &plan));
    *vec_add(&arena, &plan.steps) = (struct step){.migration = &first, .direction = DIRECTION_DOWN};
    *vec_add(&arena, &plan.steps) = (struct step){.migration = &second, .direction = DIRECTION_UP};
    assert_null(gate_asks_about(&arena, &plan));
    plan.steps.at[1].direction = DIRECTION_DOWN;
    assert_string_equal(gate_asks_about(&arena, &plan), "environment staging is careful");
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
        cmocka_unit_test(strategies_ask),
        cmocka_unit_test(approval_asks_whatever_the_strategy_says),
        cmocka_unit_test(an_unknown_strategy_asks),
        cmocka_unit_test(one_step_decides_for_the_plan),
    };
    return cmocka_run_group_tests_name("gate", tests, NULL, release);
}
