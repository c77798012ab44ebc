#include "scenario.h"

static void up_goes_on(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {"a 1 2 3", "", UP, .steps = "+a1 +a2 +a3", .reason = "pending"},
        {"a 1 2 3", "a1", UP, .steps = "+a2 +a3"},
        {"a 1 2 3", "a1 a2 a3", UP, .steps = ""},
        {"a", "", UP, .steps = ""},
        {"a 1 2 3", "", UP_COUNT(2), .steps = "+a1 +a2"},
        {"a 1 2 3", "a1", UP_COUNT(5), .steps = "+a2 +a3", .short_by = 3},
        {"a 1 2 3", "a1 a2 a3", UP_COUNT(1), .steps = "", .short_by = 1},
        {"a 1 2 4 7", "a1", UP_TO(4), .steps = "+a2 +a4"},
        {"a 1 2 4", "a1 a2 a4", UP_TO(2), .steps = ""},
        {"a 1 2 4", "a1", UP_TO(3), .kind = ERR_USAGE, .message = "a has no migration of version 3", .hint = "000001 to 000004"},
        {"a 1; b 1", "", UP_TO(1), .kind = ERR_USAGE, .message = "which service", .hint = "--service"},
        {"a 1; b 1", "", UP_TO(1), .service = 'b', .steps = "+b1"},
        {"a 1 2=a5 5=", "", UP_TO(2), .steps = "+a1 +a5 +a2"},
        {"a 0 1", "", UP_TO(0), .steps = "+a0"},
    };
    RUN(scenarios);
}

/* golang-migrate's own cases: versions 1 (both), 3 (up), 4 (both), 5 (down), 7 (both). */
static void halves_are_needed_when_they_are_run(void **state)
{
    (void)state;
    static const char set[] = "a 1 3u 4 5d 7";
    static const struct scenario scenarios[] = {
        {set, "", UP_COUNT(3), .steps = "+a1 +a3 +a4"},
        {set, "", UP, .kind = ERR_INPUT, .message = "a 000005 has no up half", .hint = "create m/000005_m.up.sql"},
        {set, "a1 a3 a4 a5", UP, .steps = "+a7"},
        {set, "a1 a3 a4 a5 a7", DOWN(3), .steps = "-a7 -a5 -a4"},
        {set, "a1 a3 a4 a5 a7", DOWN(-1), .kind = ERR_INPUT, .message = "a 000003 has no down half",
         .hint = "create m/000003_m.down.sql"},
        {set, "a1 a3", GOTO(4), .steps = "+a4"},
        {set, "a1 a3 a4 a5 a7", GOTO(4), .steps = "-a7 -a5"},
        {set, "a1 a3 a4", GOTO(4), .steps = ""},
        {set, "", GOTO(2), .kind = ERR_USAGE, .message = "no migration of version 2"},
        {set, "a1", GOTO(0), .kind = ERR_USAGE, .message = "no migration of version 0"},
        {set, "a1", GOTO(NO_VERSION), .steps = "-a1"},
    };
    RUN(scenarios);
}

/* With --migrations a version with a down half alone is gone over, as golang-migrate does. */
static void a_down_half_alone_has_nothing_to_apply(void **state)
{
    (void)state;
    static const struct scenario up = {"a 1 2d 3", "", UP, .steps = "+a1 +a2 +a3", .warnings = 1};
    static const struct scenario down = {"a 1 2u 3", "a1 a2 a3", DOWN(-1), .kind = ERR_INPUT,
                                         .message = "2 has no down half"};
    const struct scenario *const scenarios[] = {&up, &down};
    for (size_t i = 0; i < 2; i++) {
        open_world(scenarios[i]->catalog, scenarios[i]->applied);
        world.catalog.plain = true;
        service_at('a')->directory = NULL;
        check(scenarios[i], i);
        arena_release(&world.arena);
    }
}

static void down_goes_back(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {"a 1 2 3", "a1 a2 a3", DOWN(0), .steps = "-a3"},
        {"a 1 2 3", "a1 a2 a3", DOWN(2), .steps = "-a3 -a2", .reason = "among the newest"},
        {"a 1 2 3", "a1 a2", DOWN(5), .steps = "-a2 -a1", .short_by = 3},
        {"a 1 2 3", "", DOWN(1), .steps = "", .short_by = 1},
        {"a 1 2 3", "a1 a2 a3", DOWN(-1), .steps = "-a3 -a2 -a1"},
        {"a 1 2 3", "", DOWN(-1), .steps = ""},
        {"a 1 2 3", "a1 a3", DOWN(1), .steps = "-a3"},
        {"a 1 2=a5 5=", "a1 a2 a5", DOWN(1), .steps = "-a2"},
        {"a 1 2; b 1=a2 2", "a1 a2 b1 b2", DOWN(2), .steps = "-b2 -b1"},
        {"a 1 2 3", "a1 a2 a3", TO(1), .steps = "-a3 -a2", .reason = "above 1"},
        {"a 1 2 3", "a1 a2 a3", TO(NO_VERSION), .steps = "-a3 -a2 -a1"},
        {"a 1 2 3", "a1 a2 a3", TO(3), .steps = ""},
        {"a 1 2 3", "a1", TO(3), .steps = ""},
        {"a 1 2 3", "a1 a2", TO(9), .kind = ERR_USAGE, .message = "no migration of version 9"},
        {"a 1; b 1", "a1 b1", TO(NO_VERSION), .kind = ERR_USAGE, .message = "which service"},
        {"a 1; b 1", "a1 b1", TO(NO_VERSION), .service = 'a', .steps = "-a1"},
        {"a 1; b 1", "a1 b1", DOWN(-1), .steps = "-b1 -a1"},
    };
    RUN(scenarios);
}

static void other_services_are_not_drawn_in_unasked(void **state)
{
    (void)state;
    static const char set[] = "a 1 2 3=a2,b2; b 1 2 3";
    static const struct scenario scenarios[] = {
        {set, "", UP, .steps = "+a1 +b1 +a2 +b2 +a3 +b3"},
        {set, "a1 a2", UP, .service = 'a', .kind = ERR_DEPENDENCY, .message = "a 000003 needs b 000002, which is not applied",
         .hint = "skein up --service b --to 000002"},
        {set, "", UP_COUNT(2), .service = 'a', .steps = "+a1 +a2"},
        {set, "b1 b2", UP, .service = 'a', .steps = "+a1 +a2 +a3"},
        {set, "a1 a2 a3 b1 b2", DOWN(1), .service = 'b', .kind = ERR_DEPENDENCY,
         .message = "a 000003 is applied and needs what would be rolled back (a 000003 needs b 000002)", .hint = "--cascade"},
        {set, "a1 a2 a3 b1 b2", .request = {.kind = REQUEST_DOWN, .count = 1, .cascade = true}, .service = 'b',
         .steps = "-a3 -b2", .reason = "needs b 000002"},
        {set, "a1 a2 a3 b1 b2 b3", DOWN(1), .service = 'b', .steps = "-b3"},
        {set, "a1 a2 b1 b2 b3", TO(1), .service = 'b', .steps = "-b3 -b2"},
    };
    RUN(scenarios);
}

static void a_rollback_takes_dependents_or_refuses(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {"a 1 2 3", "a1 a2 a3", ONE, .migration = "a3", .steps = "-a3", .reason = "asked for"},
        {"a 1 2 3", "a1 a2 a3", ONE, .migration = "a1", .kind = ERR_DEPENDENCY,
         .message = "a 000002 and a 000003 are applied and need what would be rolled back", .hint = "--cascade"},
        {"a 1 2 3", "a1 a2 a3", CASCADE, .migration = "a1", .steps = "-a3 -a2 -a1"},
        {"a 1 2= 3=", "a1 a2 a3", ONE, .migration = "a1", .steps = "-a1"},
        {"a 1 2 3", "a1 a2", ONE, .migration = "a3", .steps = "", .warnings = 1},
        {"a 1 2; b 1=a1; c 1=b1", "a1 b1 c1", CASCADE, .migration = "a1", .steps = "-c1 -b1 -a1"},
        {"a 1 2; b 1=a1; c 1=b1", "a1 b1", CASCADE, .migration = "a1", .steps = "-b1 -a1"},
        {"a 1 3=a5 4= 5=", "a1 a3 a4 a5", TO(4), .kind = ERR_DEPENDENCY, .message = "a 000003 is applied and needs"},
        {"a 1 2 3", "a1 a2 a3", REDO(2), .steps = "-a3 -a2 +a2 +a3"},
        {"a 1 2 3", "a1 a2 a3", REDO(0), .steps = "-a3 +a3"},
        {"a 1 2 3", "a1 a2 a3", .request = {.kind = REQUEST_REDO, .cascade = true}, .migration = "a2",
         .steps = "-a3 -a2 +a2 +a3"},
        {"a 1 2 3u", "a1 a2 a3", REDO(1), .kind = ERR_INPUT, .message = "a 000003 has no down half"},
    };
    RUN(scenarios);
}

static void what_comes_late_is_seen(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {"a 1 2 3 4", "a1 a3", UP, .kind = ERR_DRIFT, .message = "a 000002 is pending, but a 000003, which comes later, is applied",
         .hint = "--out-of-order"},
        {"a 1 2 3 4", "a1 a3", .request = {.kind = REQUEST_UP, .out_of_order = true}, .steps = "+a2! +a4", .warnings = 1},
        {"a 1 2 3; b 1 2", "a1 a3 b1", UP, .service = 'b', .steps = "+b2"},
        /* 3 needs 5, so a run that stopped after 5 goes on with 3. */
        {"a 1 3=a5 4= 5=", "a1 a4 a5", UP, .steps = "+a3"},
        {"a 1 2 3", "a1 a3", GOTO(3), .kind = ERR_DRIFT, .message = "a 000002 is pending"},
    };
    RUN(scenarios);
}

static void the_configuration_may_welcome_what_comes_late(void **state)
{
    (void)state;
    struct plan plan;
    struct request request = {.kind = REQUEST_UP};
    open_world("a 1 2 3; b 1 2 3", "a1 a3 b1 b3");
    service_at('a')->config.values[SETTING_OUT_OF_ORDER].number = 1;
    request.service = service_at('a');
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), 0);
    assert_string_equal(steps_text(&plan), "+a2!");
    assert_string_equal(plan.warnings.at[0], "a 000002 is out of order: a 000003, which comes later, is applied");
    request.service = NULL;
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), -1);
    assert_string_equal(err.message, "b 000002 is pending, but b 000003, which comes later, is applied");
    arena_release(&world.arena);
}

static void versions_without_files(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {"a 1 2", "a1 a2 a77", UP, .kind = ERR_DRIFT, .message = "no migration found for version 77", .hint = "000002_m"},
        {"a 1 2", "a1 a2 a77", DOWN(1), .kind = ERR_DRIFT, .message = "no migration found for version 77"},
        {"a 1 3 5", "a1 a2 a3", UP, .steps = "+a5", .warnings = 1},
        {"a 1 3 5", "a1 a2 a3", DOWN(1), .steps = "-a3", .warnings = 1},
        {"a 1 3 5", "a1 a2 a3", DOWN(2), .kind = ERR_DRIFT, .message = "version 2 of a is applied and would have to"},
        {"a 1 3 5", "a1 a2 a3", DOWN(-1), .kind = ERR_DRIFT, .message = "version 2 of a"},
        {"a 1 3 5", "a2 a3", DOWN(-1), .kind = ERR_DRIFT, .message = "version 2 of a"},
        {"a 1 3 5", "a1 a2 a3", TO(1), .kind = ERR_DRIFT, .message = "version 2 of a"},
        {"a 1 2; b 1", "a77 b1", DOWN(1), .service = 'b', .steps = "-b1"},
    };
    RUN(scenarios);
}

static void another_environments_migration_is_drift(void **state)
{
    (void)state;
    struct plan plan;
    struct request request = {.kind = REQUEST_UP};
    open_world("a 1 2", "a1");
    struct execution *row = &world.states.at[0]->executions.at[0];
    row->migration_id = "000001_old_name";
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), 0);
    assert_int_equal(plan.warnings.count, 1);
    row->environment = "staging";
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), -1);
    assert_int_equal(err.kind, ERR_DRIFT);
    assert_non_null(strstr(err.message, "000001_old_name of environment staging"));
    row->migration_id = "000001"; /* of a tool that records no names */
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), 0);
    assert_int_equal(plan.warnings.count, 0);
    row->migration_id = "000001_m";
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), 0);
    assert_int_equal(plan.warnings.count, 0);
    arena_release(&world.arena);
}

/* Records without golang-migrate's row: all was taken back, or the row was lost. */
static void a_row_that_is_gone_needs_a_person(void **state)
{
    (void)state;
    struct plan plan;
    struct request request = {.kind = REQUEST_UP};
    open_world("a 1 2", "");
    world.states.at[0]->taken_over = true;
    world.states.at[0]->version = NO_VERSION;
    struct value *approach = &service_at('a')->config.values[SETTING_APPROACH];
    approach->text = "careful";
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), -1);
    assert_int_equal(err.kind, ERR_DRIFT);
    assert_non_null(strstr(err.hint, "skein force -1 --service a"));
    approach->text = "aggressive";
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), 0);
    assert_string_equal(steps_text(&plan), "+a1 +a2");
    arena_release(&world.arena);
}

static void dirt_without_a_journal_needs_a_person(void **state)
{
    (void)state;
    struct plan plan;
    struct request request = {.kind = REQUEST_UP};
    open_world("a 1 2; b 1", "a1");
    world.states.at[0]->dirty = true;
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), -1);
    assert_int_equal(err.kind, ERR_UNSETTLED);
    assert_non_null(strstr(err.message, "left version 1 of a dirty"));
    assert_non_null(strstr(err.hint, "skein force V --service a"));
    request.service = service_at('b');
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), 0);
    assert_string_equal(steps_text(&plan), "+b1");
    arena_release(&world.arena);
}

static void what_was_begun_comes_first(void **state)
{
    (void)state;
    static const struct {
        const char *catalog, *applied;
        uint64_t version;
        enum direction direction;
        struct request request;
        const char *steps; /* NULL: ERR_UNSETTLED */
    } cases[] = {
        {"a 1 2 3", "a1", 2, DIRECTION_UP, {.kind = REQUEST_UP}, "+a2 +a3"},
        {"a 1 2= 3= 4=", "a1", 3, DIRECTION_UP, {.kind = REQUEST_UP, .out_of_order = true}, "+a3 +a2 +a4"},
        {"a 1 2= 3= 4=", "a1", 3, DIRECTION_UP, {.kind = REQUEST_UP, .count = 1}, "+a3"},
        {"a 1 2= 3= 4=", "a1", 3, DIRECTION_UP, {.kind = REQUEST_UP, .has_target = true, .target = 2}, NULL},
        {"a 1 2 3", "a1", 2, DIRECTION_UP, {.kind = REQUEST_DOWN, .count = 1}, NULL},
        {"a 1 2 3", "a1 a2", 2, DIRECTION_DOWN, {.kind = REQUEST_UP}, NULL},
        {"a 1 2 3", "a1 a2", 2, DIRECTION_DOWN, {.kind = REQUEST_DOWN, .count = 1}, "-a2"},
        {"a 1 2= 3=", "a1 a2 a3", 2, DIRECTION_DOWN, {.kind = REQUEST_DOWN, .count = 2}, "-a2 -a3"},
        {"a 1 2 3", "a1 a2", 2, DIRECTION_DOWN, {.kind = REQUEST_REDO, .count = 1}, "-a2 +a2"},
        {"a 1 2 3", "a1", 2, DIRECTION_UP, {.kind = REQUEST_REDO, .count = 1}, NULL},
        {"a 1 2 3", "a1", 9, DIRECTION_UP, {.kind = REQUEST_UP}, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct plan plan;
        open_world(cases[i].catalog, cases[i].applied);
        struct open_step open = {.version = cases[i].version, .direction = cases[i].direction, .migration_id = "x",
                                 .intent = i % 2 == 1};
        world.states.at[0]->open = &open;
        world.states.at[0]->dirty = true;
        int result = plan_make(&world.arena, &world.catalog, &world.states, &cases[i].request, &plan, &err);
        if (result != 0 && cases[i].steps != NULL)
            fail_msg("case %zu: %s", i, err.message);
        if (result == 0 && (cases[i].steps == NULL || strcmp(steps_text(&plan), cases[i].steps) != 0))
            fail_msg("case %zu: \"%s\"", i, steps_text(&plan));
        if (cases[i].steps == NULL) {
            assert_int_equal(err.kind, ERR_UNSETTLED);
            assert_non_null(strstr(err.hint, cases[i].version == 9 ? "put its file back" : "finish it with skein"));
            assert_int_equal(strstr(err.hint, "skein resolve x --done|--redo") != NULL, open.intent && cases[i].version != 9);
        }
        arena_release(&world.arena);
    }
}

static void a_cascade_looks_at_the_services_it_reaches(void **state)
{
    (void)state;
    struct plan plan;
    open_world("a 1; b 1=a1", "a1 b1");
    world.states.at[1]->dirty = true;
    struct request request = {.kind = REQUEST_ROLLBACK, .migration = migration_at("a1"), .cascade = true};
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), -1);
    assert_int_equal(err.kind, ERR_UNSETTLED);
    arena_release(&world.arena);
}

static void an_unknown_state_counts_as_empty(void **state)
{
    (void)state;
    struct plan plan;
    struct request request = {.kind = REQUEST_UP};
    open_world("a 1; b 1=a1", "a1");
    world.states.at[1] = NULL;
    request.service = service_at('a');
    assert_int_equal(plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err), 0);
    assert_string_equal(steps_text(&plan), "");
    arena_release(&world.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(up_goes_on),
        CASE(halves_are_needed_when_they_are_run),
        CASE(a_down_half_alone_has_nothing_to_apply),
        CASE(down_goes_back),
        CASE(other_services_are_not_drawn_in_unasked),
        CASE(a_rollback_takes_dependents_or_refuses),
        CASE(what_comes_late_is_seen),
        CASE(the_configuration_may_welcome_what_comes_late),
        CASE(versions_without_files),
        CASE(another_environments_migration_is_drift),
        CASE(a_row_that_is_gone_needs_a_person),
        CASE(dirt_without_a_journal_needs_a_person),
        CASE(what_was_begun_comes_first),
        CASE(a_cascade_looks_at_the_services_it_reaches),
        CASE(an_unknown_state_counts_as_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
