#include "scenario.h"

/* a and b were released together; c is new in 1.1.0; d knows no releases. */
#define SET "a 1 2 3 4 @1.0.0:1 @1.1.0:3 @1.10.0:4; b 1 2 3 @1.0.0:1 @1.10.0:3; c 1 2 @1.1.0:1 @1.10.0:2; d 1"
#define ALL "a1 a2 a3 a4 b1 b2 b3 c1 c2"

static void a_release_takes_each_service_to_where_it_stood(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {SET, ALL, RELEASE(ROLLBACK, "1.1.0"), .steps = "-a4 -b3 -c2 -b2", .warnings = 1, .reason = "after release 1.1.0"},
        {SET, ALL, RELEASE(ROLLBACK, "1.10.0"), .steps = "", .warnings = 1},
        {SET, ALL, RELEASE(ROLLBACK, "1.1.0"), .service = 'b', .steps = "-b3 -b2", .reason = "after release 1.0.0"},
        {SET, "a1 a2 b1", RELEASE(ROLLBACK, "1.0.0"), .steps = "-a2", .warnings = 2},
        {SET, "d1", RELEASE(ROLLBACK, "1.0.0"), .steps = "", .warnings = 2},
        {SET, ALL, RELEASE(GOTO, "1.1.0"), .steps = "-a4 -b3 -c2 -b2", .warnings = 1},
        {SET, "a1 a2 a3 a4", RELEASE(GOTO, "1.1.0"), .steps = "-a4 +b1 +c1", .warnings = 1},
        {SET, "", RELEASE(UP, "1.1.0"), .steps = "+a1 +b1 +c1 +a2 +a3", .warnings = 1, .reason = "pending"},
        {SET, "a1 a2 a3 a4", RELEASE(UP, "1.1.0"), .steps = "+b1 +c1", .warnings = 2},
        {SET, "", RELEASE(UP, "1.0.0"), .steps = "+a1 +b1", .warnings = 2},
        {SET, "", RELEASE(UP, "1.1.0"), .service = 'd', .kind = ERR_USAGE, .message = "d declares no releases", .hint = "--to"},
    };
    RUN(scenarios);
}

static void services_that_came_later_are_decided_about(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {SET, ALL, RELEASE(ROLLBACK, "1.0.0"), .kind = ERR_POLICY, .message = "is applied: c (with 1.1.0)",
         .hint = "--newer-services leave, or --newer-services rollback"},
        {SET, ALL, RELEASE(GOTO, "1.0.0"), .kind = ERR_POLICY, .message = "c (with 1.1.0)"},
        {SET, ALL, RELEASE(ROLLBACK, "1.0.0"), .service = 'c', .kind = ERR_POLICY, .message = "c (with 1.1.0)"},
        {SET, ALL, RELEASE(ROLLBACK, "1.0.0"), .service = 'a', .steps = "-a4 -a3 -a2"},
        {SET, ALL, .request = {.kind = REQUEST_ROLLBACK, .release = "1.0.0", .newer = NEWER_LEAVE},
         .steps = "-a4 -b3 -a3 -b2 -a2", .warnings = 2},
        {SET, ALL, .request = {.kind = REQUEST_ROLLBACK, .release = "1.0.0", .newer = NEWER_ROLLBACK},
         .steps = "-a4 -b3 -a3 -c2 -b2 -a2 -c1", .warnings = 1},
        {SET, "c1", .request = {.kind = REQUEST_GOTO, .release = "1.0.0", .newer = NEWER_ROLLBACK},
         .steps = "-c1 +a1 +b1", .warnings = 1, .reason = "first released with 1.1.0"},
        {SET, "c1", RELEASE(UP, "1.0.0"), .steps = "+a1 +b1", .warnings = 2},
    };
    RUN(scenarios);
}

static void dependents_count_across_services(void **state)
{
    (void)state;
    static const char crossed[] = "a 1 2 @1.0.0:1 @2.0.0:2; b 1 2=b1,a2 @1.0.0:2; c 1=a2";
    static const struct scenario scenarios[] = {
        {crossed, "a1 a2 b1 b2 c1", RELEASE(ROLLBACK, "1.0.0"), .kind = ERR_DEPENDENCY,
         .message = "b 000002 and c 000001 are applied and need what would be rolled back", .hint = "--cascade"},
        {crossed, "a1 a2 b1 b2 c1", .request = {.kind = REQUEST_ROLLBACK, .release = "1.0.0", .cascade = true},
         .steps = "-b2 -c1 -a2", .warnings = 1, .reason = "needs a 000002"},
        {crossed, "", RELEASE(UP, "1.0.0"), .kind = ERR_DEPENDENCY,
         .message = "release 1.0.0 is not complete: b 000002 needs a 000002, which comes after it", .hint = "release of a end with 000002"},
        {crossed, "", RELEASE(UP, "2.0.0"), .steps = "+a1 +b1 +a2 +b2", .warnings = 1},
        {"a 1=b1 @1.0.0:1; b 1 @2.0.0:1", "", RELEASE(UP, "1.0.0"), .kind = ERR_DEPENDENCY, .message = "a 000001 needs b 000001"},
        {"a 1=b1 @1.0.0:1; b 1", "", RELEASE(UP, "1.0.0"), .kind = ERR_DEPENDENCY, .message = "needs b 000001, which is not applied",
         .hint = "skein up --service b --to 000001"},
        {"a 1 2=a1,b1 @1.0.0:2; b 1 2 @1.0.0:1", "a1 b1 b2", RELEASE(GOTO, "1.0.0"), .steps = "-b2 +a2"},
    };
    RUN(scenarios);
}

static void what_is_late_or_has_no_file_is_seen(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {"a 1 2 3 4 @1.0.0:3", "a1 a3", RELEASE(UP, "1.0.0"), .kind = ERR_DRIFT, .message = "a 000002 is pending"},
        {"a 1 2 3 4 @1.0.0:3", "a1 a3", .request = {.kind = REQUEST_UP, .release = "1.0.0", .out_of_order = true},
         .steps = "+a2!", .warnings = 1},
        {"a 1 2 3 4 @1.0.0:3", "a1 a3 a4", RELEASE(ROLLBACK, "1.0.0"), .steps = "-a4"},
        {"a 1 2 3 5 @1.0.0:2", "a1 a2 a4 a5", RELEASE(ROLLBACK, "1.0.0"), .kind = ERR_DRIFT,
         .message = "version 4 of a is applied and would have to be rolled back first"},
        {"a 1 2 @1.0.0:1", "a1 a2 a9", RELEASE(ROLLBACK, "1.0.0"), .kind = ERR_DRIFT, .message = "no migration found for version 9"},
        {"a 1 2 3u @1.0.0:1", "a1 a2 a3", RELEASE(ROLLBACK, "1.0.0"), .kind = ERR_INPUT, .message = "a 000003 has no down half"},
        /* A release may end with a migration of another environment. */
        {"a 1 2 4 @1.0.0:3", "a1 a2 a4", RELEASE(ROLLBACK, "1.0.0"), .steps = "-a4"},
        {"a 20260101000000 20260102000000 @1.0.0:20260101000000", "a20260101000000 a20260102000000",
         RELEASE(ROLLBACK, "1.0.0"), .steps = "-a20260102000000"},
    };
    RUN(scenarios);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_release_takes_each_service_to_where_it_stood),
        CASE(services_that_came_later_are_decided_about),
        CASE(dependents_count_across_services),
        CASE(what_is_late_or_has_no_file_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
