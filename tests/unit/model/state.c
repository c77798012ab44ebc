#include "synthetic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/*
 * Rows: "1 2 5" are applied, "-3" was rolled back.  The service has files 1 2 3 4 5 7.  `row` is golang-migrate's.
 */
struct reconciliation {
    const char *rows;
    int64_t row;
    bool dirty, open, no_table;
    const char *applied;   /* after */
    bool taken_over;
};

static const struct reconciliation cases[] = {
    {"", NO_VERSION, .applied = ""},
    {"1 2", 2, .applied = "1 2"},
    {"1 2 5", 5, .applied = "1 2 5"},                     /* 3 and 4 stay pending: they came later */
    {"", 3, .applied = "1 2 3", .taken_over = true},      /* adoption */
    {"1 2", 5, .applied = "1 2 3 4 5", .taken_over = true},
    {"1 2 -3", 4, .applied = "1 2 3 4", .taken_over = true},
    {"1 2 3 4 5", 2, .applied = "1 2", .taken_over = true},
    {"1 2 3 4 5", NO_VERSION, .applied = "", .taken_over = true},
    {"1 2 5", 4, .applied = "1 2 3 4", .taken_over = true}, /* down to 4, which golang-migrate ran: 3 too */
    {"1 5", 2, .applied = "1 2", .taken_over = true},
    {"1 2 -3", 2, .applied = "1 2"},
    {"1 2", 77, .applied = "1 2 3 4 5 7 77", .taken_over = true},
    {"1 2 6", 6, .applied = "1 2 6"},
    {"", 0, .applied = "0", .taken_over = true},
    {"1 2", 5, .no_table = true, .applied = "1 2"},
    {"1 2", 3, .dirty = true, .open = true, .applied = "1 2"},
    {"1 2", 5, .dirty = true, .applied = "1 2 3 4", .taken_over = true},
    {"1 2", 3, .dirty = true, .applied = "1 2"},
    {"1 2 3", 2, .dirty = true, .applied = "1 2 3"},
    {"1 2", NO_VERSION, .dirty = true, .applied = "1 2"},
};

static void add_rows(struct synthetic *world, const struct service *service, const char *rows)
{
    char *copy = arena_strdup(&world->arena, rows), *rest = copy;
    for (char *word; (word = strsep(&rest, " ")) != NULL;)
        if (*word != '\0')
            synthetic_row(world, service, strtoull(word + (*word == '-'), NULL, 10),
                          *word == '-' ? "rolled_back" : "success");
}

static const char *applied(struct synthetic *world, const struct service_state *state)
{
    struct str text = str_new(&world->arena);
    uint64_t before = 0;
    vec_each(row, &state->executions) {
        assert_true(row == state->executions.at || row->version > before);
        before = row->version;
        if (state_applied(state, row->version))
            str_addf(&text, "%s%" PRIu64, text.length == 0 ? "" : " ", row->version);
    }
    return text.at;
}

static void the_row_is_right(void **unused)
{
    (void)unused;
    static const uint64_t files[] = {1, 2, 3, 4, 5, 7};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct synthetic world;
        struct open_step open = {.version = 3};
        synthetic_open(&world);
        struct service *service = synthetic_service(&world, "a");
        for (size_t j = 0; j < sizeof files / sizeof *files; j++)
            synthetic_migration(&world, service, files[j], "ud", false);
        synthetic_close(&world);
        struct service_state *state = world.states.at[0];
        add_rows(&world, service, cases[i].rows);
        state->version = cases[i].row;
        state->dirty = cases[i].dirty;
        state->open = cases[i].open ? &open : NULL;
        state->version_table = cases[i].no_table ? NULL : state->version_table;
        state_reconcile(&world.arena, state);
        const char *found = applied(&world, state);
        if (strcmp(found, cases[i].applied) != 0 || state->taken_over != cases[i].taken_over)
            fail_msg("rows \"%s\", row %" PRId64 ": \"%s\" instead of \"%s\", taken over %d", cases[i].rows,
                     cases[i].row, found, cases[i].applied, state->taken_over);
        /* What was reconciled once agrees. */
        if (!cases[i].dirty && !cases[i].no_table)
            assert_int_equal(state_top(state), cases[i].row);
        state->taken_over = false;
        state_reconcile(&world.arena, state);
        assert_false(state->taken_over);
        arena_release(&world.arena);
    }
}

static void what_is_taken_over_has_identity(void **unused)
{
    (void)unused;
    struct synthetic world;
    synthetic_open(&world);
    struct service *service = synthetic_service(&world, "a");
    synthetic_migration(&world, service, 1, "ud", false);
    synthetic_close(&world);
    struct service_state *state = world.states.at[0];
    state->version = 9;
    state_reconcile(&world.arena, state);
    assert_string_equal(state_find(state, 1)->migration_id, "000001_m");
    assert_string_equal(state_find(state, 1)->environment, "development");
    assert_string_equal(state_find(state, 9)->migration_id, "9");
    assert_null(state_find(state, 2));
    assert_null(state_find(state, 1)->checksum);
    arena_release(&world.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_row_is_right),
        cmocka_unit_test(what_is_taken_over_has_identity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
