/*
 * Safety rules as data.
 *
 * A rule says at which actions it looks, which facts make it fire and which excuse it, and what it has to tell.  The
 * built-in ones stand in tool/review/rules and are embedded; a repository has its own in files beside its
 * configuration, which add, override and disable (docs/rules.md).
 */
#ifndef REVIEW_RULE_H
#define REVIEW_RULE_H

#include "review/condition.h"
#include "model/finding.h"
#include "review/situation.h"

struct regex;

/* What a rule looks at: an action as a whole, or each part of it.  Identifiers are those that the server would cut. */
enum rule_each { EACH_ACTION, EACH_COLUMN, EACH_CONSTRAINT, EACH_ASSIGNMENT, EACH_IDENTIFIER };

/* How often it tells: whenever it fires; or at most once in a file, for a statement, for an object in a file. */
enum rule_once { ONCE_NEVER, ONCE_FILE, ONCE_STATEMENT, ONCE_OBJECT };

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

/* What a rule has told of, for `once`. */
struct telling {
    size_t statement;
    const char *object;
};
VEC(tellings, struct telling);

struct rule {
    const char *id;
    const char *title;            /* a sentence for lists: "index built while writes wait" */
    enum severity severity;       /* as in force */
    bool on;                      /* as in force; style rules are off */
    bool on_by_default;           /* as built in, or where a repository makes it */
    enum severity severity_by_default;
    bool style;
    bool downs;                   /* looks at down halves too */
    enum rule_once once;
    bool check;                   /* `check: true` instead of `on`: code judges it (review/derived.h), and looks here
                                     only whether it is on and how severe (review/rule_check.h) */
    bool always;                  /* it is what a run fails with: no repository switches it off or changes how severe */
    bool bodies;                  /* looks into the bodies of functions, too, which run only when they are called */
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
    const char *group;            /* built-in ones: the file's name, as a heading; NULL: of a repository */
    struct place place;           /* of its id; file NULL: built in */
    struct place changed;         /* where a built-in one is overridden; file NULL: nowhere */
    struct tellings told;         /* rules_judge's own: of the text that is being judged */
};
VEC(rules, struct rule *);

struct rule_set {
    struct rules all;             /* by id */
    struct rules by_kind[ACTION_KINDS]; /* those that are on */
};

/*
 * The built-in rules, and over them what the repository says (SETTING_RULES; without it skein-rules.yaml beside the
 * configuration), in order: a rule with a known id overrides the members that it names (`default: off` disables), one
 * with another id is new.  Severities are those of the environment of `config`.
 * Errors: ERR_INPUT at file, line and column, with the nearest known word, for whatever is not understood; a pattern
 * that PCRE2 refuses, with the place in the pattern.
 */
int rules_read(struct arena *arena, const struct config *config, struct rule_set *rules, struct err *err);

/* One more file over them.  Errors: as above, and those of file_read. */
int rules_read_file(struct arena *arena, const struct config *config, const char *path, struct rule_set *rules,
                    struct err *err);

/* NULL: none of that id, nor of that name in another tool. */
struct rule *rules_find(const struct rule_set *rules, const char *name);

/* The same; ERR_USAGE with the nearest for an unknown one, which is NULL. */
struct rule *rules_get(struct arena *arena, const struct rule_set *rules, const char *name, struct err *err);

/* Is `name` what another tool calls the rule of that id?  One name may stand for several of ours. */
bool rules_is_counterpart(const struct rule_set *rules, const char *id, const char *name);

/* All ids, for sentences. */
const struct strings *rules_names(struct arena *arena, const struct rule_set *rules);

/* Only these ids (or counterparts' names), on, whatever they were before.  ERR_USAGE with the nearest for an unknown. */
int rules_only(struct arena *arena, struct rule_set *rules, const struct strings *names, struct err *err);

/* Is the action of a kind that the rule is about? */
bool rule_looks_at(const struct rule *rule, const struct action *action);

/*
 * Judges an action with every rule that looks at its kind: findings are added with the rule's id, severity, message,
 * hint (the fix) and place.  ACTION_END is the end of a text, and what `once` counts.  A pattern that reaches its match limit makes a finding "rule-limit" about the rule.
 */
void rules_judge(struct arena *arena, const struct rule_set *rules, const struct situation *situation,
                 struct findings *findings);

#endif
