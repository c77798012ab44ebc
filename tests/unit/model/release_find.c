#include "scenario.h"

#include "model/release_find.h"

#define SET "a 1 2 4 @1.0.0:1 @1.2.0:4 @1.10.0:4; b 1 2 4 @1.2.0:2; c 4"

struct question {
    const char *text;
    char service;              /* 0: none */
    const char *found;         /* a name, or "a 000004"; NULL: an error */
    const char *message, *hint;
};

static void names_and_labels(void **state)
{
    (void)state;
    static const struct question questions[] = {
        {"1.2.0", 0, "1.2.0", NULL, NULL},
        {"1.02.0", 0, "1.2.0", NULL, NULL},
        {"1.10.0", 'b', "1.10.0", NULL, NULL},
        {"1.0.0.1", 0, "a 000001", NULL, NULL},
        {"1.2.0.4", 0, "a 000004", NULL, NULL},
        {"1.2.0.000001", 0, "b 000001", NULL, NULL},
        {"1.2.0.2", 0, NULL, "1.2.0.2 is a migration of several services: a and b", "--service"},
        {"1.2.0.2", 'b', "b 000002", NULL, NULL},
        {"1.10.0.4", 0, NULL, "release 1.10.0 brings no migration 4", "is it 1.2.0.4 of a?"},
        {"1.2.0.9", 0, NULL, "release 1.2.0 brings no migration 9", "skein list"},
        {"1.3.0", 0, NULL, "there is no release 1.3.0", "the nearest: 1.2.0 and 1.10.0"},
        {"0.1.0", 0, NULL, "there is no release 0.1.0", "the nearest: 1.0.0"},
        {"2.0.0.7", 0, NULL, "there is no release 2.0.0", "the nearest: 1.10.0"},
        {"v1.2.0", 0, NULL, "'v1.2.0' is not the name of a release", "the nearest: 1.2.0"},
        {"latest-please", 0, NULL, "is not the name of a release", "MAJOR.MINOR.PATCH, from 1.0.0 to 1.10.0"},
        {"", 0, NULL, "is not the name of a release", NULL},
        {"1.2.0.", 0, NULL, "is not the name of a release", NULL},
        {"1.2.0.x", 0, NULL, "is not the name of a release", NULL},
    };
    for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
        const struct question *question = &questions[i];
        struct release_found found;
        open_world(SET, "");
        const struct service *service = question->service == 0 ? NULL : service_at(question->service);
        int result = release_find(&world.arena, &world.catalog, service, question->text, &found, &err);
        if ((result == 0) != (question->found != NULL))
            fail_msg("case %zu: %s", i, result == 0 ? "found" : err.message);
        if (result == 0)
            assert_string_equal(found.migration == NULL ? found.name : migration_label(&world.arena, found.migration),
                                question->found);
        else if (strstr(err.message, question->message) == NULL ||
                 (question->hint != NULL && strstr(err.hint, question->hint) == NULL))
            fail_msg("case %zu: %s (%s)", i, err.message, err.hint);
        arena_release(&world.arena);
    }
}

static void nobody_declares_any(void **state)
{
    (void)state;
    struct release_found found;
    open_world("a 1", "");
    assert_int_equal(release_find(&world.arena, &world.catalog, NULL, "1.2.0", &found, &err), -1);
    assert_string_equal(err.message, "no service declares releases");
    assert_non_null(strstr(err.hint, "dependencies.json"));
    arena_release(&world.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(names_and_labels),
        CASE(nobody_declares_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
