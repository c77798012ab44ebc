#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { MOST_FILES = 16 };

#define F(path) {path, NULL}
#define SINGLE "-- +++++ UP\nselect 1;\n-- +++++ DOWN\n"

struct file {
    const char *path, *content; /* "path -> target" in content makes a symlink: "-> target" */
};

struct scenario {
    const char *name;
    struct file files[MOST_FILES];
    const char *environment;    /* --environment */
    const char *order, *findings;
    const char *message, *hint; /* in the first finding */
};

static void add_files(struct world *world, const struct file *files)
{
    for (const struct file *file = files; file->path != NULL; file++)
        if (file->content != NULL && strncmp(file->content, "-> ", 3) == 0)
            tree_link(&world->tree, file->path, file->content + 3);
        else
            tree_add(&world->tree, file->path, file->content == NULL ? "select 1;\n" : file->content);
}

static void check(const struct scenario *scenario, const char *migrations)
{
    struct world world;
    world_open(&world);
    add_files(&world, scenario->files);
    world.options.text[SETTING_MIGRATIONS_PATH] = migrations;
    world.options.text[SETTING_ENVIRONMENT] = scenario->environment;
    if (world_read(&world) != 0)
        fail_msg("%s: %s", scenario->name, world.err.message);
    const char *order = world_order(&world), *findings = world_findings(&world);
    if (strcmp(order, scenario->order) != 0)
        fail_msg("%s: order \"%s\", findings \"%s\"", scenario->name, order, findings);
    if (strcmp(findings, scenario->findings) != 0)
        fail_msg("%s: findings \"%s\"", scenario->name, findings);
    const struct finding *first = world.findings.at;
    if (scenario->message != NULL && strstr(first->message, scenario->message) == NULL)
        fail_msg("%s: message \"%s\"", scenario->name, first->message);
    if (scenario->hint != NULL && (first->hint == NULL || strstr(first->hint, scenario->hint) == NULL))
        fail_msg("%s: hint \"%s\"", scenario->name, first->hint);
    world_close(&world);
}

static void a_directory_is_read_as_golang_migrate_reads_it(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {"pairs", {F("m/1_a.up.sql"), F("m/1_a.down.sql"), F("m/10_c.up.sql"), F("m/002_b.up.sql"), F("m/2_other.down.sql"),
                   F("m/README.md"), F("m/5_only.down.sql")},
         .order = "1_a, 002_b, 5_only -up, 10_c -down", .findings = ""},
        {"nothing", {F("m/")}, .order = "", .findings = ""},
        {"json is not looked at", {F("m/1_a.up.sql"), {"m/environments.json", "{"}, {"m/dependencies.json", "{"}},
         .order = "1_a -down", .findings = ""},
        {"backups count", {F("m/4_x.up.sql"), F("m/17_nl.up.sql~")}, .order = "4_x -down, 17_nl -down",
         .findings = "warning backup-file m/17_nl.up.sql~", .message = "looks like a backup"},
        {"near misses", {F("m/6_six.UP.sql"), F("m/0x7_a.up.sql"), F("m/x.sql")}, .order = "",
         .findings = "warning file-name m/0x7_a.up.sql, warning file-name m/6_six.UP.sql, warning file-name m/x.sql"},
        {"no markers", {F("m/1_a.sql")}, .order = "", .findings = "warning no-direction m/1_a.sql"},
        {"markers", {{"m/1_a.sql", SINGLE}}, .order = "1_a", .findings = ""},
        {"duplicate", {F("m/1_a.up.sql"), F("m/001_b.up.sql")}, .order = "001_b -down",
         .findings = "error duplicate-version m/1_a.up.sql",
         .message = "version 1 is there twice: m/001_b.up.sql and m/1_a.up.sql"},
        {"four times", {F("m/1_a.up.sql"), F("m/1_b.up.sql"), F("m/1_c.up.sql"), F("m/1_d.up.sql"), F("m/1_d.down.sql"),
                        F("m/1_e.down.sql")},
         .order = "1_a", .findings = "error duplicate-version m/1_b.up.sql"},
        {"too large", {F("m/9223372036854775808_x.up.sql"), F("m/99999999999999999999_y.down.sql")}, .order = "",
         .findings = "error version-too-large m/9223372036854775808_x.up.sql, "
                     "error version-too-large m/99999999999999999999_y.down.sql",
         .message = "9223372036854775808 is above 9223372036854775807"},
        {"directory", {F("m/1_a.up.sql/"), F("m/2_b.sql/"), F("m/x.sql/"), F("m/docs/")}, .order = "",
         .findings = "error directory-named-like-migration m/1_a.up.sql, "
                     "error directory-named-like-migration m/2_b.sql"},
        {"symlinks", {F("x.sql"), {"m/1_a.up.sql", "-> ../x.sql"}, {"m/2_b.up.sql", "-> 2_b.up.sql"},
                      {"m/3_c.up.sql", "-> nowhere"}, {"m/4_d.up.sql", "-> /dev/null"}, {"m/readme", "-> nowhere"}},
         .order = "1_a -down",
         .findings = "error unreadable-file m/2_b.up.sql, error unreadable-file m/3_c.up.sql, "
                     "error unreadable-file m/4_d.up.sql"},
        {"odd names", {F("m/1_a b.up.sql"), F("m/2_'\"$(x)`;.up.sql"), F("m/3_ü.up.sql"), F("m/4_\xff.up.sql")},
         .order = "1_a b -down, 2_'\"$(x)`; -down, 3_ü -down",
         .findings = "error file-name-encoding m/4_\xff.up.sql"},
    };
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        check(&scenarios[i], "m");
}

#define PATH(path) {"configs/migrations.yaml", "migrations:\n  options:\n    migrations_path: \"" path "\"\n"}

static void a_configured_path_is_the_directory_where_there_are_no_services(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {"no services", {PATH("./migrations"), F("migrations/1_a.up.sql"), F("migrations/1_a.down.sql")},
         .order = "1_a", .findings = ""},
        {"services", {PATH("./migrations"), F("services/s/migrations/1_a.up.sql"), F("migrations/2_b.up.sql")},
         .order = "1_a -down", .findings = ""},
        {"deeper", {PATH("db/migrations/"), F("services/s/db/migrations/1_a.up.sql"), F("services/t/db/x.sql")},
         .order = "1_a -down", .findings = ""},
        {"nowhere", {PATH("./elsewhere"), F("services/s/migrations/1_a.up.sql")},
         .order = "", .findings = "warning no-services services", .hint = "holds a directory elsewhere"},
    };
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        check(&scenarios[i], NULL);
}

#define S "services/s/migrations/"
#define LIST(list) "{\"environments\": {\"development\": {\"migrations\": " list "}, \"production\": {}}}"

static void environments_add_to_the_base(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {"none", {F(S "1_a.up.sql"), F(S "1_a.down.sql")}, .environment = "anything", .order = "1_a", .findings = ""},
        {"list", {F(S "1_a.up.sql"), F(S "1_a.down.sql"), F(S "3_c.up.sql"), F(S "development/2_b.up.sql"),
                  F(S "development/2_b.down.sql"), F(S "development/9_unlisted.up.sql"),
                  {S "environments.json", LIST("[\"development/2_b.up.sql\"]")}},
         .order = "1_a, 2_b(development), 3_c -down", .findings = ""},
        {"list, other environment", {F(S "1_a.up.sql"), F(S "development/2_b.up.sql"),
                                     {S "environments.json", LIST("[\"development/2_b.up.sql\"]")}},
         .environment = "production", .order = "1_a -down", .findings = ""},
        {"bare names", {F(S "1_a.up.sql"), F(S "development/2_b.up.sql"), F(S "common/3_c.up.sql"),
                        {S "environments.json", LIST("[\"2_b.up.sql\", \"1_a.up.sql\", \"3_c.up.sql\"]")}},
         .order = "1_a -down, 2_b(development) -down, 3_c -down", .findings = ""},
        {"both halves listed", {F(S "x/2_b.up.sql"), F(S "x/2_b.down.sql"),
                                {S "environments.json", LIST("[\"x/2_b.up.sql\", \"./x/2_b.down.sql\"]")}},
         .order = "2_b(development)", .findings = ""},
        {"listed single", {{S "x/2_b.sql", SINGLE}, {S "environments.json", LIST("[\"x/2_b.sql\"]")}},
         .order = "2_b(development)", .findings = ""},
        {"directory", {F(S "development/1_a.up.sql"), F(S "development/2_b.up.sql"), F(S "production/1_z.up.sql"),
                       F(S "common/3_c.up.sql"), {S "environments.json", LIST("\"development/\"")}},
         .order = "1_a(development) -down, 2_b(development) -down, 3_c -down", .findings = ""},
        {"empty list", {F(S "1_a.up.sql"), {S "environments.json", LIST("[]")}}, .order = "1_a -down", .findings = ""},
        {"null", {F(S "1_a.up.sql"), {S "environments.json", LIST("null")}}, .order = "1_a -down", .findings = ""},
        {"outside", {F("x/1_a.up.sql"), {S "environments.json",
                      LIST("[\"../x/1_a.up.sql\", \"/etc/1_b.up.sql\",\n \"a/../../1.up.sql\", \"\"]")}},
         .order = "", .findings = "error outside-migrations " S "environments.json:1, error outside-migrations " S
                                  "environments.json:1, error outside-migrations " S "environments.json:2, "
                                  "error outside-migrations " S "environments.json:2"},
        {"outside directory", {{S "environments.json", LIST("\"..\"")}}, .order = "",
         .findings = "error outside-migrations " S "environments.json:1"},
        {"missing", {F(S "development/2_b.up.sql"), {S "environments.json", LIST("[\n\"development/2_c.up.sql\"]")}},
         .order = "", .findings = "error missing-file " S "environments.json:2", .hint = "did you mean 2_b.up.sql?"},
        {"missing directory", {{S "environments.json", LIST("\"develop\"")}}, .order = "",
         .findings = "error missing-directory " S "environments.json:1"},
        {"no migration", {F(S "x/README"), {S "environments.json", LIST("[\"x/README\", 7]")}}, .order = "",
         .findings = "error listed-file-name " S "environments.json:1, error wrong-type " S "environments.json:1"},
        {"version twice", {F(S "1_a.up.sql"), F(S "x/1_b.up.sql"), {S "environments.json", LIST("[\n\"x/1_b.up.sql\"]")}},
         .order = "1_a -down", .findings = "error duplicate-version " S "environments.json:2",
         .message = S "1_a.up.sql and " S "x/1_b.up.sql"},
        {"unknown environment", {F(S "1_a.up.sql"), {S "environments.json", LIST("[]")}}, .environment = "producton",
         .order = "1_a -down", .findings = "error unknown-environment " S "environments.json",
         .message = "there is no environment \"producton\"", .hint = "development and production; did you mean production?"},
        {"unknown keys", {{S "environments.json", "{\"enviroments\": 1,\n\"environments\": {\"development\":\n"
                           "{\"seeds\": [], \"config\": {\"require_aproval\": true}}}}"}},
         .order = "", .findings = "warning unknown-key " S "environments.json:1, warning unknown-key " S
                                  "environments.json:3, warning unknown-key " S "environments.json:3",
         .hint = "did you mean environments?"},
        {"wrong types", {{S "environments.json", "{\"environments\": {\"development\": {\"description\": 1,\n"
                          "\"seed_files\": \"x\",\n\"migrations\": {},\n\"config\": {\"backup_required\": \"yes\"}}}}"}},
         .order = "", .findings = "error wrong-type " S "environments.json:1, error wrong-type " S
                                  "environments.json:2, error wrong-type " S "environments.json:4, "
                                  "error wrong-type " S "environments.json:3"},
        {"broken", {F(S "1_a.up.sql"), {S "environments.json", "{\n\"environments\" 1"}}, .order = "1_a -down",
         .findings = "error environments " S "environments.json:2"},
        {"not an object", {{S "environments.json", "[]"}}, .order = "", .findings = "error wrong-type " S
                                                                                  "environments.json:1"},
        {"loop", {{S "environments.json", "-> environments.json"}}, .order = "",
         .findings = "error environments " S "environments.json"},
        {"absent, but directories", {F(S "1_a.up.sql"), F(S "staging/2_b.up.sql"), F(S "docs/x.md")},
         .order = "1_a -down", .findings = "warning unread-directory " S "staging"},
    };
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        check(&scenarios[i], NULL);
}

#define A "services/auth-service/migrations/"
#define U "services/user-service/migrations/"
#define ENTRY(json) "{\"migrations\": {" json "}}"

static void dependencies_are_declared(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {"keys of every form", {{S "000001_a.sql", SINGLE}, {S "000002_b.sql", SINGLE}, {S "000003_c.sql", SINGLE},
                                {S "000004_d.sql", SINGLE},
                                {S "dependencies.json", ENTRY("\"000002\": {\"depends_on\": [\"3\"]},\n"
                                 "\"3\": {\"dependencies\": [\"000001_a\"]}, \"000004_d\": {\"depends_on\": []}")}},
         .order = "000001_a, 000003_c, 000002_b, 000004_d", .findings = ""},
        {"short form", {{S "1_a.sql", SINGLE}, {S "2_b.sql", SINGLE}, {S "3_c.sql", SINGLE},
                        {S "dependencies.json", "{\"000002\": [\"000003\"], \"3\": [1]}"}},
         .order = "1_a, 3_c, 2_b", .findings = ""},
        {"across services", {{A "1_a.sql", SINGLE}, {U "1_a.sql", SINGLE}, {U "2_b.sql", SINGLE},
                             {A "dependencies.json", ENTRY("\"1\": {\"cross_service_dependencies\":"
                              "{\"user-service\": [\"000002_b\"]}}")}},
         .order = "user-service 1_a, user-service 2_b, auth-service 1_a", .findings = ""},
        {"of another environment", {{S "1_a.sql", SINGLE}, {S "2_b.sql", SINGLE}, {S "staging/3_c.sql", SINGLE},
                                    {S "environments.json", "{\"environments\": {\"development\": {}}}"},
                                    {S "dependencies.json", ENTRY("\"1\": {\"environment\": \"staging\", \"depends_on\": [\"2\"]},"
                                     "\"3\": {\"depends_on\": [\"2\"]}")}},
         .order = "1_a, 2_b", .findings = ""},
        {"orphan", {{S "1_a.sql", SINGLE}, {S "dependencies.json", ENTRY("\n\"7\": {}, \"1_z\": {}")}}, .order = "1_a",
         .findings = "warning orphaned-dependency-entry " S "dependencies.json:2, warning orphaned-dependency-entry " S
                     "dependencies.json:2"},
        {"on nothing", {{S "1_a.sql", SINGLE}, {S "2_b.sql", SINGLE},
                        {S "dependencies.json", ENTRY("\"2\": {\"depends_on\": [\n\"000009\", \"1_x\", \"y\"]}")}},
         .order = "1_a, 2_b", .findings = "error missing-dependency " S "dependencies.json:2, error missing-dependency " S
                                          "dependencies.json:2, error bad-version " S "dependencies.json:2",
         .message = "2 depends on 000009, which does not exist", .hint = "s has 1 to 2 in environment development"},
        {"on no service", {{A "1_a.sql", SINGLE}, {U "1_a.sql", SINGLE},
                           {A "dependencies.json", ENTRY("\"1\": {\"cross_service_dependencies\": {\"user-servce\": [\"1\"]}}")}},
         .order = "auth-service 1_a, user-service 1_a", .findings = "error missing-dependency " A "dependencies.json:1",
         .message = "service \"user-servce\"", .hint = "auth-service and user-service; did you mean user-service?"},
        {"on itself", {{S "1_a.sql", SINGLE}, {S "dependencies.json", ENTRY("\"1\": {\"depends_on\": [\"1\"]}")}},
         .order = "1_a", .findings = "error self-dependency " S "dependencies.json:1"},
        {"cycle", {{A "2_a.sql", SINGLE}, {U "3_a.sql", SINGLE}, {U "5_b.sql", SINGLE},
                   {A "dependencies.json", ENTRY("\"2\": {\"cross_service_dependencies\": {\"user-service\": [\"3\"]}}")},
                   {U "dependencies.json", ENTRY("\"3\": {\"depends_on\": [\"5\"]},\n\"5\": {\"depends_on\": [],"
                    "\"cross_service_dependencies\": {\"auth-service\": [\"2\"]}}")}},
         .order = "auth-service 2_a, user-service 3_a, user-service 5_b",
         .findings = "error dependency-cycle " A "dependencies.json:1",
         .message = "dependency cycle: auth-service 2 → user-service 3 → user-service 5 → auth-service 2"},
        {"twice", {{S "1_a.sql", SINGLE}, {S "dependencies.json", ENTRY("\"1\": {},\n\"0001\": {}")}}, .order = "1_a",
         .findings = "error duplicate-dependency-entry " S "dependencies.json:2", .message = "the first is in line 1"},
        {"wrong", {{S "1_a.sql", SINGLE},
                   {S "dependencies.json", "{\"migrations\": {\"1\": {\"depends_on\": \"x\", \"risk_level\": \"hgh\",\n"
                    "\"rollback_safe\": 1, \"dependson\": []}, \"one\": {}, \"2\": 7}, \"global\": 1, \"global_config\":\n"
                    "{\"max_parallel_migrations\": -1, \"x\": 1}}"}},
         .order = "1_a", .findings = "error unknown-value " S "dependencies.json:1, error wrong-type " S
                                     "dependencies.json:2, warning unknown-key " S "dependencies.json:2, error wrong-type " S
                                     "dependencies.json:1, error bad-version " S "dependencies.json:2, error wrong-type " S
                                     "dependencies.json:2, warning unknown-key " S "dependencies.json:2, error wrong-type " S
                                     "dependencies.json:3, warning unknown-key " S "dependencies.json:3",
         .message = "\"hgh\" is none of low, medium, high and critical", .hint = "did you mean high?"},
        {"broken", {{S "1_a.sql", SINGLE}, {S "2_b.sql", SINGLE}, {S "dependencies.json", "{"}}, .order = "1_a, 2_b",
         .findings = "error dependencies " S "dependencies.json:1"},
    };
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        check(&scenarios[i], NULL);
}

static void services_are_found(void **state)
{
    (void)state;
    static const struct scenario scenarios[] = {
        {"two", {{U "1_a.sql", SINGLE}, {A "1_a.sql", SINGLE}, F("services/README.md"), F("services/lib/x.go")},
         .order = "auth-service 1_a, user-service 1_a", .findings = ""},
        {"in groups", {{"services/g/a/migrations/1_a.sql", SINGLE}, {"services/g/h/b/migrations/1_b.sql", SINGLE},
                       {"services/g/h/i/c/migrations/1_c.sql", SINGLE}, {"services/.x/migrations/1_a.sql", SINGLE}},
         .order = "a 1_a, b 1_b", .findings = ""},
        {"same name", {{"services/g/s/migrations/1_a.sql", SINGLE}, {"services/h/s/migrations/1_a.sql", SINGLE}},
         .order = "s 1_a, s 1_a", .findings = "error duplicate-service services/h/s, error same-schema services/h/s",
         .message = "two services are named s: services/g/s and services/h/s"},
        {"same schema", {F("services/a-b/migrations/"), F("services/a_b/migrations/")}, .order = "",
         .findings = "error same-schema services/a_b", .message = "a-b and a_b share the schema a_b"},
        {"links in the tree", {{S "1_a.sql", SINGLE}, {"services/alias", "-> s"}, {"services/up", "-> .."},
                               {"services/loop", "-> loop"}, {"services/s/self", "-> ."}},
         .order = "1_a", .findings = ""},
        {"link to elsewhere", {{"other/migrations/1_a.sql", SINGLE}, {"services/o", "-> ../other"}}, .order = "1_a",
         .findings = ""},
        {"lost migrations", {{"services/s/migrations", "-> migrations"}}, .order = "",
         .findings = "error unreadable-directory services/s/migrations, warning no-services services"},
        {"none", {F("services/")}, .order = "", .findings = "warning no-services services"},
        {"markers are asked for", {{S "1_a.sql", "select 1"}, {S "2_b.sql", "-- +++++ UP\n"}}, .order = "",
         .findings = "error unmarked-file " S "1_a.sql, error markers " S "2_b.sql:1",
         .hint = "add the line -- +++++ UP"},
        {"pair and single", {F(S "1_a.up.sql"), F(S "1_a.down.sql"), {S "1_a.sql", SINGLE}}, .order = "1_a",
         .findings = "error duplicate-version " S "1_a.up.sql"},
        {"half and single", {F(S "1_a.down.sql"), {S "1_a.sql", SINGLE}}, .order = "1_a",
         .findings = "error duplicate-version " S "1_a.sql"},
    };
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        check(&scenarios[i], NULL);
}

#define CASE(name) cmocka_unit_test(name)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_directory_is_read_as_golang_migrate_reads_it),
        CASE(a_configured_path_is_the_directory_where_there_are_no_services),
        CASE(environments_add_to_the_base),
        CASE(dependencies_are_declared),
        CASE(services_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
