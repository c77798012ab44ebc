/*
 * Safety rules as data.
 *
 * A rule says at which actions it looks, which facts make it fire and which excuse it, and what it has to tell.  The
 * built-in ones stand in tool/model/rules and are embedded; a repository has its own in files beside its
 * configuration, which add, override and disable (docs/rules.md).
 */
#ifndef MODEL_RULE_H
#define MODEL_RULE_H

#include "model/finding.h"
#include "model/situation.h"
#include "text/node.h"

struct condition_row;
struct regex;

/* A condition as a rule writes it: "table-is-new", "not concurrently", "maybe column-proven-not-null", "server >= 12". */
struct condition {
    const struct condition_row *row;
    bool negated;                 /* "not": true when it is known not to hold */
    bool maybe;                   /* "maybe": true when it holds or nobody knows */
    char operator[3];             /* of conditions with a number: ">=", "<", "=" … */
    long number;
    const char *word;             /* of conditions with a word: "constraint-is unique" */
    struct place place;
};
VEC(conditions, struct condition);

/* What a rule looks at: an action as a whole, or each part of it. */
enum rule_each { EACH_ACTION, EACH_COLUMN, EACH_CONSTRAINT, EACH_ASSIGNMENT };

struct rule_kind {
    enum action_kind action;
    enum object_kind object;      /* OBJECT_NONE: any */
};
VEC(rule_kinds, struct rule_kind);

/* The names of a rule's likes elsewhere. */
struct counterpart {
    const char *tool, *name;      /* "squawk", "require-concurrent-index-creation" */
};
VEC(counterparts, struct counterpart);

struct rule {
    const char *id;
    const char *title;            /* a sentence for lists: "index built while writes wait" */
    enum severity severity;       /* as in force */
    bool on;                      /* as in force; style rules are off */
    bool style;
    bool downs;                   /* looks at down halves too */
    bool once;                    /* at most once in a file */
    bool check;                   /* `check: true` instead of `on`: code judges it (model/derived.h), and looks here
                                     only whether it is on and how severe; rules_judge passes it over */
    struct rule_kinds kinds;
    enum rule_each each;
    struct conditions when;       /* all must hold */
    struct conditions unless;     /* one that holds is an excuse */
    const char *pattern;          /* PCRE2 over the normalised statement; NULL: none */
    struct regex *regex;
    const char *lock;             /* for people: "SHARE on the table" */
    const char *message;          /* {{…}} are filled in: facts (docs/rules.md) and the pattern's named groups */
    const char *why;
    const char *fix;              /* SQL, or words; may be NULL */
    const char *bad, *good;       /* examples for the page; both are tested */
    const char *setup;            /* what stands before both examples; may be NULL */
    struct counterparts counterparts;
    struct place place;           /* of its id; file NULL: built in */
};
VEC(rules, struct rule *);

struct rule_set {
    struct rules all;             /* by id */
    struct rules by_kind[ACTION_KINDS]; /* those that are on */
};

/*
 * The built-in rules, and over them the files of the configuration (SETTING_RULES), in order: a rule with a known id
 * overrides the members that it names (`on: false` disables), one with another id is new.
 * Errors: ERR_INPUT at file, line and column, with the nearest known word, for whatever is not understood; a pattern
 * that PCRE2 refuses, with the place in the pattern.
 */
int rules_read(struct arena *arena, const struct config *config, struct rule_set *rules, struct err *err);

/* NULL: none of that id, nor of that name in another tool. */
struct rule *rules_find(const struct rule_set *rules, const char *name);

/* Is `name` what another tool calls the rule of that id?  One name may stand for several of ours. */
bool rules_is_counterpart(const struct rule_set *rules, const char *id, const char *name);

/* All ids, for sentences. */
const struct strings *rules_names(struct arena *arena, const struct rule_set *rules);

/* Only these ids (or counterparts' names), on, whatever they were before.  ERR_USAGE with the nearest for an unknown. */
int rules_only(struct arena *arena, struct rule_set *rules, const struct strings *names, struct err *err);

/*
 * Judges an action with every rule that looks at its kind: findings are added with the rule's id, severity, message,
 * hint (the fix) and place.  A pattern that reaches its match limit makes a finding "rule-limit" about the rule.
 */
void rules_judge(struct arena *arena, const struct rule_set *rules, const struct situation *situation,
                 struct findings *findings);

#endif
