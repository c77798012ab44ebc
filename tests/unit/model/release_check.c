#include "scenario.h"

#include "model/release_check.h"

static void what_a_release_needs_is_in_it(void **state)
{
    (void)state;
    static const struct {
        const char *catalog, *message, *hint;   /* NULL: nothing to say */
    } cases[] = {
        {"a 1 2 @1.0.0:1 @1.1.0:2; b 1=a1 2=a2 @1.0.0:1 @1.1.0:2", NULL, NULL},
        {"a 1 2 @1.0.0:1 @1.1.0:2; b 1 2=a2 @1.0.0:2", "release 1.0.0 is not complete: b 000002 needs a 000002", "let release 1.0.0 of a end with 000002"},
        {"a 1 2 @1.0.0:1; b 1=a2 @1.1.0:1", NULL, NULL},
        {"a 1 @1.1.0:1; b 1=a1 @1.0.0:1", NULL, NULL},
        {"a 1; b 1=a1 @1.0.0:1", NULL, NULL},
        {"a 1 2 3 @1.1.0:1 @1.2.0:3; b 1=a2 2=a3 3=a3 @1.1.0:2 @1.2.0:3", "b 000001 needs a 000002", NULL},
        {"a 1=a2 2= @1.0.0:1", "a 000001 needs a 000002", NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        open_world(cases[i].catalog, "");
        release_check(&world.arena, &world.catalog, &world.findings);
        if (world.findings.count != (cases[i].message != NULL))
            fail_msg("case %zu: %zu findings", i, world.findings.count);
        const struct finding *finding = world.findings.at;
        if (cases[i].message != NULL && strstr(finding->message, cases[i].message) == NULL)
            fail_msg("case %zu: %s", i, finding->message);
        if (cases[i].hint != NULL && strstr(finding->hint, cases[i].hint) == NULL)
            fail_msg("case %zu: %s", i, finding->hint);
        arena_release(&world.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_a_release_needs_is_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
