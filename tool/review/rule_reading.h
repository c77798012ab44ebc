/* Reading rules: what rule.c, rule_file.c and rule_member.c share. */
#ifndef REVIEW_RULE_READING_H
#define REVIEW_RULE_READING_H

#include "review/rule.h"
#include "text/source.h"

struct rule_reading {
    struct arena *arena;
    const char *environment;      /* whose severities count */
    struct rule_set *rules;
    struct source source;         /* of the file; content NULL: not at hand */
    const char *group;            /* of built-in rules; NULL: of a repository */
    struct err *err;
};

/* Fails with ERR_INPUT at a place of the file that is being read. */
int rule_fail(const struct rule_reading *reading, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Rules as a list, or as a map from their ids: to off, on, note, warning or error, or to what changes. */
int rule_read_document(const struct rule_reading *reading, const struct node *root);

/* The members of one rule: those that are written, over those that it has. */
int rule_read_members(const struct rule_reading *reading, struct rule *rule, const struct node *node);

/* off, on, note, warning or error. */
int rule_read_switch(const struct rule_reading *reading, struct rule *rule, const struct node *node);

#endif
