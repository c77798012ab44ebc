#include "../model/probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define RULE "- id: probe\n  title: t\n  on: [create-index]\n  message: m\n"

static void what_is_not_understood_has_a_place(void **state)
{
    (void)state;
    static const struct { const char *yaml, *fault; } cases[] = {
        {RULE "  mesage: x\n", "5:3: unknown key \"mesage\" (did you mean \"message\"?)"},
        {"- id: probe\n  title: t\n  on: [create-indx]\n  message: m\n",
         "3:8: unknown kind of statement \"create-indx\" (did you mean \"create-index\"?)"},
        {"- id: probe\n  title: t\n  on: drop tabel\n  message: m\n", "3:7: unknown object \"tabel\" (did you mean \"TABLE\"?)"},
        {RULE "  when: [concurently]\n", "5:10: unknown condition \"concurently\" (did you mean \"concurrently\"?)"},
        {RULE "  unless:\n    - server >= 12\n    - server => 12\n",
         "7:7: server wants an operator and a number: server >= 12"},
        {RULE "  severity: fatal\n", "5:13: unknown severity \"fatal\" (there are note, warning and error)"},
        {RULE "  severity: {production: eror}\n", "5:26: unknown production \"eror\" (did you mean \"error\"?)"},
        {RULE "  fix: 'DROP {{tabel}}'\n", "5:8: unknown variable {{tabel}} (did you mean {{table}}?)"},
        {RULE "  pattern: 'a(b'\n", "5:12: the pattern is wrong at its character 4: missing closing parenthesis"},
        {RULE "  style: perhaps\n", "5:10: unknown style \"perhaps\" (there are off and on)"},
        {RULE "  each: row\n",
         "5:9: unknown each \"row\" (there are action, column, constraint, assignment and identifier)"},
        {RULE "  like: squawk\n", "5:9: like is a text; expected a map from tools to their names for the rule"},
        {RULE "  when: {a: b}\n", "5:9: when is a map; expected a list of conditions"},
        {"- title: t\n", "1:3: this rule has no id"},
        {"- probe\n", "1:3: this is a text; expected a rule: a map with an id"},
        {"text\n", "1:1: this is a text; expected a list of rules, or a map from their ids"},
        {"- id: probe\n  severity: error\n", "1:7: there is no rule \"probe\" yet, and a new one needs \"title\""},
        {"- id: probe\n  title: t\n  message: m\n", "1:7: there is no rule \"probe\" yet, and a new one needs \"on\""},
        {"probe: off\n", "1:1: there is no rule \"probe\""},
        {"undeclared-dependancy: off\n",
         "1:1: there is no rule \"undeclared-dependancy\" (did you mean \"undeclared-dependency\"?)"},
        {"undeclared-dependency: of\n", "1:24: unknown undeclared-dependency \"of\" (did you mean \"off\"?)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct probe probe;
        probe_open(&probe);
        const char *fault = probe_rules(&probe, cases[i].yaml);
        assert_non_null(fault);
        assert_string_equal(fault, cases[i].fault);
        probe_close(&probe);
    }
}

static void variables_are_facts_or_groups(void **state)
{
    (void)state;
    struct probe probe;
    probe_open(&probe);
    assert_null(probe_rules(&probe, RULE "  pattern: '(?<what>x)'\n  fix: '{{what}} {{ table }} {{not closed'\n"));
    assert_non_null(probe_rules(&probe, RULE "  pattern: '(?<what>x)'\n  fix: '{{wath}}'\n"));
    probe_close(&probe);
}

static void built_in_rules_are_sound(void **state)
{
    (void)state;
    struct probe probe;
    probe_open(&probe);
    assert_null(probe_rules(&probe, ""));
    assert_true(probe.rules.all.count > 5);
    vec_each(rule, &probe.rules.all) {
        assert_non_null((*rule)->group);
        assert_null((*rule)->place.file);
        assert_non_null((*rule)->why);
        if ((*rule)->bad == NULL || (*rule)->good == NULL)
            fail_msg("%s has no examples", (*rule)->id);
    }
    probe_close(&probe);
}

static void a_repository_overrides(void **state)
{
    (void)state;
    struct probe probe;
    probe_open(&probe);
    assert_null(probe_rules(&probe, "- id: undeclared-dependency\n  severity: {default: note, production: error}\n"
                                    "- id: foreign-schema\n  default: off\n" RULE));
    struct rule *rule = rules_find(&probe.rules, "undeclared-dependency");
    assert_int_equal(rule->severity, SEVERITY_NOTE);
    assert_string_equal(rule->changed.file, "rules.yaml");
    assert_int_equal(rule->changed.line, 1);
    assert_non_null(rule->title);
    assert_false(rules_find(&probe.rules, "foreign-schema")->on);
    assert_string_equal(rules_find(&probe.rules, "probe")->place.file, "rules.yaml");
    assert_null(rules_find(&probe.rules, "probe")->group);
    probe_close(&probe);
}

static void severities_are_those_of_the_environment(void **state)
{
    (void)state;
    struct probe probe;
    probe_open(&probe);
    probe.config.values[SETTING_ENVIRONMENT].text = "production";
    assert_null(probe_rules(&probe, RULE "  severity: {default: note, production: error}\n"));
    assert_int_equal(rules_find(&probe.rules, "probe")->severity, SEVERITY_ERROR);
    probe_close(&probe);
}

static int read_with(struct probe *probe, const char *yaml)
{
    struct world *world = &probe->world;
    struct err *err = &world->err;
    tree_add(&world->tree, "skein.yaml", yaml);
    if (config_read(&world->tree.arena, &world->options, &probe->config, &world->findings, err) != 0)
        return -1;
    return rules_read(&world->tree.arena, &probe->config, &probe->rules, err);
}

static void the_configuration_names_files_and_switches(void **state)
{
    (void)state;
    struct probe probe;
    probe_open(&probe);
    tree_add(&probe.world.tree, "skein-rules.yaml", "- {id: mine, title: t, on: drop, message: m}\n");
    tree_add(&probe.world.tree, "rules/b.yml", "- {id: theirs, title: t, on: drop, message: m}\n");
    assert_int_equal(read_with(&probe, "environment: test\n"), 0);
    assert_non_null(rules_find(&probe.rules, "mine"));
    assert_int_equal(read_with(&probe, "rules: {mine: note, foreign-schema: off}\n"), 0);
    assert_int_equal(probe.world.findings.count, 0);
    assert_int_equal(rules_find(&probe.rules, "mine")->severity, SEVERITY_NOTE);
    assert_false(rules_find(&probe.rules, "foreign-schema")->on);
    assert_int_equal(read_with(&probe, "rules: [rules]\nvalidation: {rules: {theirs: off}}\n"), 0);
    assert_null(rules_find(&probe.rules, "mine"));
    assert_false(rules_find(&probe.rules, "theirs")->on);
    assert_int_equal(read_with(&probe, "rules: rules/b.yml, skein-rules.yaml\n"), 0);
    assert_non_null(rules_find(&probe.rules, "mine"));
    assert_true(rules_find(&probe.rules, "theirs")->on);
    setenv("SKEIN_RULES", "skein-rules.yaml", 1);
    assert_int_equal(read_with(&probe, "rules: [rules]\n"), 0);
    assert_null(rules_find(&probe.rules, "theirs"));
    unsetenv("SKEIN_RULES");
    assert_int_equal(read_with(&probe, "rules: [nowhere.yaml]\n"), -1);
    assert_non_null(strstr(probe.world.err.message, "nowhere.yaml"));
    assert_int_equal(read_with(&probe, "rules:\n  no-such-rule: off\n"), -1);
    assert_string_equal(probe.world.err.place.file, "skein.yaml");
    assert_int_equal(probe.world.err.place.line, 2);
    probe_close(&probe);
}

static void other_tools_names_are_known(void **state)
{
    (void)state;
    struct probe probe;
    struct strings names = {0};
    struct err err = {0};
    probe_open(&probe);
    struct arena *arena = err.arena = &probe.world.tree.arena;
    assert_null(probe_rules(&probe, RULE "  like: {squawk: [their-name], eugene: E99}\n"
                                         "- {id: other, title: t, on: drop, message: m, like: {squawk: their-name}}\n"));
    assert_string_equal(rules_find(&probe.rules, "E99")->id, "probe");
    assert_true(rules_is_counterpart(&probe.rules, "other", "their-name"));
    *vec_add(arena, &names) = "their-name";
    assert_int_equal(rules_only(arena, &probe.rules, &names, &err), 0);
    assert_true(rules_find(&probe.rules, "other")->on && rules_find(&probe.rules, "probe")->on);
    assert_false(rules_find(&probe.rules, "foreign-schema")->on);
    assert_int_equal(probe.rules.by_kind[ACTION_DROP].count, 1);
    *vec_add(arena, &names) = "their-nam";
    assert_int_equal(rules_only(arena, &probe.rules, &names, &err), -1);
    assert_string_equal(err.hint, "did you mean \"their-name\"?");
    probe_close(&probe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_understood_has_a_place),
        cmocka_unit_test(variables_are_facts_or_groups),
        cmocka_unit_test(built_in_rules_are_sound),
        cmocka_unit_test(a_repository_overrides),
        cmocka_unit_test(severities_are_those_of_the_environment),
        cmocka_unit_test(the_configuration_names_files_and_switches),
        cmocka_unit_test(other_tools_names_are_known),
    };
    return cmocka_run_group_tests_name("rule", tests, NULL, NULL);
}
