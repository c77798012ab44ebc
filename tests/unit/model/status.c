#include "model/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

/* Files of the versions 1, 2, 3 and 5. */
static struct service *service_new(void)
{
    static const uint64_t versions[] = {1, 2, 3, 5};
    struct service *service = arena_new(&arena, struct service);
    service->name = "users";
    for (size_t i = 0; i < 4; i++) {
        struct migration *migration = arena_new(&arena, struct migration);
        migration->service = service;
        migration->version = versions[i];
        migration->id = arena_printf(&arena, "%llu_m", (unsigned long long)versions[i]);
        *vec_add(&arena, &service->migrations) = migration;
    }
    return service;
}

static struct service_state state_new(const struct service *service)
{
    return (struct service_state){.service = service, .version = NO_VERSION};
}

static void add(struct service_state *state, uint64_t version, const char *outcome)
{
    *vec_add(&arena, &state->executions) = (struct execution){
        .version = version, .status = outcome, .migration_id = arena_printf(&arena, "%d_was", (int)version)};
}

/* "1 applied,2 pending" … */
static const char *standings(const struct service *service, const struct service_state *state)
{
    struct status status;
    struct err err = {.arena = &arena};
    char *text = arena_strdup(&arena, "");
    assert_int_equal(status_make(&arena, service, state, true, &status, &err), 0);
    vec_each(row, &status.rows)
        text = arena_printf(&arena, "%s%s%llu %s", text, *text != '\0' ? ", " : "", (unsigned long long)row->version,
                            standing_names[row->standing]);
    return text;
}

static void nothing_is_applied(void **state)
{
    (void)state;
    struct service *service = service_new();
    struct service_state nothing = state_new(service);
    assert_string_equal(standings(service, &nothing), "1 pending, 2 pending, 3 pending, 5 pending");
}

static void every_standing(void **state)
{
    (void)state;
    struct service *service = service_new();
    struct service_state some = state_new(service);
    add(&some, 1, "success");
    add(&some, 2, "rolled_back");
    add(&some, 4, "success");
    assert_string_equal(standings(service, &some), "1 applied, 2 out of order, 3 out of order, 4 missing, 5 pending");
    add(&some, 5, "failed");
    some.open = &(struct open_step){.version = 3};
    assert_string_equal(standings(service, &some), "1 applied, 2 out of order, 3 open, 4 missing, 5 failed");
}

static void what_was_rolled_back_and_deleted_is_history(void **state)
{
    (void)state;
    struct service *service = service_new();
    struct service_state some = state_new(service);
    add(&some, 4, "rolled_back");
    assert_string_equal(standings(service, &some), "1 pending, 2 pending, 3 pending, 5 pending");
}

static void a_dirty_row_is_open(void **state)
{
    (void)state;
    struct service *service = service_new();
    struct service_state dirty = state_new(service);
    add(&dirty, 1, "success");
    dirty.version = 2;
    dirty.dirty = true;
    assert_string_equal(standings(service, &dirty), "1 applied, 2 open, 3 pending, 5 pending");
}

static void current_means_all_applied(void **state)
{
    (void)state;
    struct service *service = service_new();
    struct service_state all = state_new(service);
    struct status status;
    struct err err = {.arena = &arena};
    static const uint64_t versions[] = {1, 2, 3, 5};
    for (size_t i = 0; i < 4; i++)
        add(&all, versions[i], "success");
    assert_int_equal(status_make(&arena, service, &all, false, &status, &err), 0);
    assert_true(status_is_current(&status));
    assert_int_equal(status.counts[STANDING_APPLIED], 4);
    all.dirty = true;
    assert_false(status_is_current(&status));
    all.dirty = false;
    all.executions.at[3].status = "failed";
    assert_int_equal(status_make(&arena, service, &all, false, &status, &err), 0);
    assert_false(status_is_current(&status));
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
        cmocka_unit_test(nothing_is_applied), cmocka_unit_test(every_standing),
        cmocka_unit_test(what_was_rolled_back_and_deleted_is_history), cmocka_unit_test(a_dirty_row_is_open),
        cmocka_unit_test(current_means_all_applied),
    };
    return cmocka_run_group_tests_name("status", tests, NULL, release);
}
