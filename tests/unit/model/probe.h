/* Rules tried on SQL: a rule in YAML, what ran before, a text; where does it fire, and with which words? */
#ifndef TESTS_PROBE_H
#define TESTS_PROBE_H

#include "world.h"

#include "review/review.h"

struct probe {
    struct world world;
    struct config config;
    struct rule_set rules;
    enum review_transaction transaction;
};

static inline void probe_open(struct probe *probe)
{
    struct err err = {.arena = &probe->world.tree.arena};
    *probe = (struct probe){.transaction = REVIEW_AS_RUN};
    world_open(&probe->world);
    err.arena = &probe->world.tree.arena;
    if (config_read(&probe->world.tree.arena, &probe->world.options, &probe->config, &probe->world.findings, &err) != 0)
        abort();
}

static inline void probe_close(struct probe *probe)
{
    world_close(&probe->world);
}

/* NULL when the rules are read, else "line:column: message (hint)". */
static inline const char *probe_rules(struct probe *probe, const char *yaml)
{
    struct arena *arena = &probe->world.tree.arena;
    struct err err = {.arena = arena};
    tree_add(&probe->world.tree, "rules.yaml", yaml);
    if (rules_read(arena, &probe->config, &probe->rules, &err) == 0 &&
        rules_read_file(arena, &probe->config, "rules.yaml", &probe->rules, &err) == 0)
        return NULL;
    return arena_printf(arena, "%d:%d: %s%s%s%s", err.place.line, err.place.column, err.message,
                        err.hint == NULL ? "" : " (", err.hint == NULL ? "" : err.hint, err.hint == NULL ? "" : ")");
}

/* What the rule "probe" finds in the text. */
static inline struct findings probe_findings(struct probe *probe, const char *setup, const char *sql)
{
    struct arena *arena = &probe->world.tree.arena;
    struct err err = {.arena = arena};
    struct strings names = {0};
    struct findings findings = {0};
    struct review review = {.arena = arena, .rules = &probe->rules, .findings = &findings,
                            .transaction = probe->transaction};
    *vec_add(arena, &names) = "probe";
    if (rules_only(arena, &probe->rules, &names, &err) != 0)
        abort();
    review_text(&review, &probe->config, "probe.sql", sql, strlen(sql), setup);
    struct findings own = {0};
    vec_each(finding, &findings)
        if (strcmp(finding->rule, "probe") == 0 || strcmp(finding->rule, "rule-limit") == 0)
            *vec_add(arena, &own) = *finding;
    return own;
}

/* "2 3": the lines of what it finds. */
static inline const char *probe_lines(struct probe *probe, const char *setup, const char *sql)
{
    struct str places = str_new(&probe->world.tree.arena);
    struct findings findings = probe_findings(probe, setup, sql);
    vec_each(finding, &findings)
        str_addf(&places, "%s%d", finding == findings.at ? "" : " ", finding->place.line);
    return places.at;
}

#endif
