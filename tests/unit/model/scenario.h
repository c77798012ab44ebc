/* Plans in words: a catalog, what is applied, a request, and the steps that come of it. */
#ifndef TESTS_SCENARIO_H
#define TESTS_SCENARIO_H

#include "synthetic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/*
 * A catalog in words: "a 1 2u 3d 4= 5=a1,b2; b 1".  Services are single letters, in order; a migration has both
 * halves unless it says u or d; "=" gives it an entry of its own with exactly these dependencies; "@1.0.0:2" is a release
 * that ends with 2.
 * Applied: "a1 a2 b1"; "a9" without a file is a version that the catalog does not have.
 * Steps: "+a1 -b2", with "!" behind what is out of order.
 */
struct scenario {
    const char *catalog, *applied;
    struct request request;
    char service;             /* of the request; 0: none */
    const char *migration;    /* of the request: "a3" */
    const char *steps;        /* NULL: refused */
    enum err_kind kind;
    const char *message, *hint;
    size_t short_by, warnings;
    const char *reason;       /* of the first step */
};

static struct synthetic world;
static struct err err;

static inline struct service *service_at(char letter)
{
    return world.catalog.services.at[letter - 'a'];
}

static inline struct migration *migration_at(const char *text)
{
    return service_find(service_at(text[0]), strtoull(text + 1, NULL, 10));
}

static inline void add_needs(struct migration *migration, char *list)
{
    for (char *word; (word = strsep(&list, ",")) != NULL;)
        if (*word != '\0')
            synthetic_need(&world, migration, migration_at(word));
}

/* Needs are added when all migrations are there. */
static inline void build_catalog(const char *text)
{
    for (int pass = 0; pass < 2; pass++) {
        char *rest = arena_strdup(&world.arena, text);
        struct service *service = NULL;
        for (char *word; (word = strsep(&rest, " ;")) != NULL;) {
            if (word[0] >= 'a' && word[0] <= 'z')
                service = pass == 0 ? synthetic_service(&world, arena_strndup(&world.arena, word, 1))
                                    : service_at(word[0]);
            else if (*word == '@' && pass == 0) {
                char *end = strchr(word, ':');
                *vec_add(&world.arena, &service->releases) = (struct release){
                    .name = arena_strndup(&world.arena, word + 1, (size_t)(end - word - 1)), .version = strtoull(end + 1, NULL, 10)};
            } else if (*word != '\0' && *word != '@') {
                char *end, *needs = strchr(word, '=');
                uint64_t version = strtoull(word, &end, 10);
                const char *halves = *end == 'u' ? "u" : *end == 'd' ? "d" : "ud";
                if (pass == 0)
                    synthetic_migration(&world, service, version, halves, needs != NULL);
                else if (needs != NULL)
                    add_needs(service_find(service, version), needs + 1);
            }
        }
    }
    synthetic_close(&world);
    assert_int_equal(world.findings.count, 0);
}

static inline void build_states(const char *text)
{
    char *rest = arena_strdup(&world.arena, text);
    for (char *word; (word = strsep(&rest, " ")) != NULL;)
        if (*word != '\0')
            synthetic_row(&world, service_at(word[0]), strtoull(word + 1, NULL, 10), "success");
    vec_each(service, &world.catalog.services) {
        struct service_state *state = world.states.at[(*service)->number];
        state->version = state_top(state);
    }
}

static inline const char *steps_text(const struct plan *plan)
{
    struct str text = str_new(&world.arena);
    vec_each(step, &plan->steps)
        str_addf(&text, "%s%c%s%" PRIu64 "%s", text.length == 0 ? "" : " ", step->direction == DIRECTION_UP ? '+' : '-',
                 step->migration->service->name, step->migration->version, step->out_of_order ? "!" : "");
    return text.at;
}

static inline void open_world(const char *catalog, const char *applied)
{
    synthetic_open(&world);
    err = (struct err){.arena = &world.arena};
    build_catalog(catalog);
    build_states(applied);
}

static inline void check(const struct scenario *scenario, size_t index)
{
    struct plan plan;
    struct request request = scenario->request;
    request.service = scenario->service != 0 ? service_at(scenario->service) : NULL;
    request.migration = scenario->migration != NULL ? migration_at(scenario->migration) : NULL;
    int result = plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err);
    if (scenario->steps == NULL) {
        if (result == 0)
            fail_msg("case %zu planned \"%s\"", index, steps_text(&plan));
        if (err.kind != scenario->kind || strstr(err.message, scenario->message) == NULL ||
            (scenario->hint != NULL && (err.hint == NULL || strstr(err.hint, scenario->hint) == NULL)))
            fail_msg("case %zu: kind %d, %s (%s)", index, (int)err.kind, err.message, err.hint);
        return;
    }
    if (result != 0)
        fail_msg("case %zu: %s", index, err.message);
    if (strcmp(steps_text(&plan), scenario->steps) != 0)
        fail_msg("case %zu: \"%s\" instead of \"%s\"", index, steps_text(&plan), scenario->steps);
    if (plan.short_by != scenario->short_by || plan.warnings.count != scenario->warnings)
        fail_msg("case %zu: short by %zu, %zu warnings", index, plan.short_by, plan.warnings.count);
    if (scenario->reason != NULL)
        assert_string_equal(plan.steps.at[0].reason, scenario->reason);
}

static inline void run(const struct scenario *scenarios, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        open_world(scenarios[i].catalog, scenarios[i].applied);
        check(&scenarios[i], i);
        arena_release(&world.arena);
    }
}

#define RUN(table) run(table, sizeof(table) / sizeof((table)[0]))
#define UP .request = {.kind = REQUEST_UP}
#define UP_COUNT(n) .request = {.kind = REQUEST_UP, .count = (n)}
#define UP_TO(v) .request = {.kind = REQUEST_UP, .has_target = true, .target = (v)}
#define DOWN(n) .request = {.kind = REQUEST_DOWN, .count = (n)}
#define GOTO(v) .request = {.kind = REQUEST_GOTO, .has_target = true, .target = (v)}
#define TO(v) .request = {.kind = REQUEST_ROLLBACK, .has_target = true, .target = (v)}
#define ONE .request = {.kind = REQUEST_ROLLBACK}
#define CASCADE .request = {.kind = REQUEST_ROLLBACK, .cascade = true}
#define RELEASE(how, name) .request = {.kind = REQUEST_##how, .release = (name)}
#define REDO(n) .request = {.kind = REQUEST_REDO, .count = (n)}

#define CASE(name) cmocka_unit_test(name)

#endif
