#include "../model/world.h"

#include "review/depends_on.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void fill(struct world *world, const char *json)
{
    world_open(world);
    static const char *const names[] = {"auth/migrations/000001_a", "auth/migrations/000002_b", "mail/migrations/000007_c",
                                        "user/migrations/000001_a", "user/migrations/000002_b", "user/migrations/000003_c"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        tree_add(&world->tree, arena_printf(&world->tree.arena, "services/%s.up.sql", names[i]), "select 1;");
        tree_add(&world->tree, arena_printf(&world->tree.arena, "services/%s.down.sql", names[i]), "select 1;");
    }
    if (json != NULL)
        tree_add(&world->tree, "services/user/migrations/dependencies.json", json);
    assert_int_equal(world_read(world), 0);
    assert_int_equal(world->findings.count, 0);
}

static const char *hint(struct world *world, const char *json, size_t service, uint64_t needed)
{
    fill(world, json);
    const struct migration *migration = service_find(world->catalog.services.at[2], 3);
    return depends_on_hint(&world->tree.arena, migration, service_find(world->catalog.services.at[service], needed));
}

static void the_form_of_the_entry_is_kept(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        size_t service;
        uint64_t needed;
        const char *hint;
    } rows[] = {
        {NULL, 0, 2,
         "add to \"migrations\" in services/user/migrations/dependencies.json:\n"
         "\"000003\": { \"cross_service_dependencies\": { \"auth\": [\"000002\"] } }"},
        {"{\"migrations\": {\"3\": {\"depends_on\": [\"1\"]}}}", 2, 2,
         "write in services/user/migrations/dependencies.json:1, in the entry \"3\":\n"
         "\"depends_on\": [\"000001\", \"000002\"]"},
        {"{\"migrations\": {\"000003_c\": {\"dependencies\": []}}}", 2, 2,
         "write in services/user/migrations/dependencies.json:1, in the entry \"000003_c\":\n"
         "\"dependencies\": [\"000002\"]"},
        {"{\n\"migrations\": {\n\"000003\": {\"depends_on\": [\"1\"], \"cross_service_dependencies\": {\"mail\": [\"7\"]}}}}", 0, 1,
         "write in services/user/migrations/dependencies.json:3, in the entry \"000003\":\n"
         "\"cross_service_dependencies\": { \"auth\": [\"000001\"], \"mail\": [\"000007\"] }"},
        {"{\"000003\": [\"000001\"]}", 2, 2,
         "write in services/user/migrations/dependencies.json:1:\n\"000003\": [\"000001\", \"000002\"]"},
        {"{\"000003\": [\"000001\"]}", 0, 1,
         "write in services/user/migrations/dependencies.json:1, in \"migrations\":\n\"000003\": { \"depends_on\": "
         "[\"000001\"], \"cross_service_dependencies\": { \"auth\": [\"000001\"] } }"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world world;
        assert_string_equal(hint(&world, rows[i].json, rows[i].service, rows[i].needed), rows[i].hint);
        world_close(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_form_of_the_entry_is_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
