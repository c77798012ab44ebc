/* The pages about rules in docs/, printed from the rules and from the tables of conditions and variables. */
#ifndef CLI_RULE_PAGES_H
#define CLI_RULE_PAGES_H

#include "review/rule.h"

/* docs/rules.md: the list, the conditions, the variables, the kinds of statements. */
char *rule_pages_index(struct arena *arena, const struct rule_set *rules);

/* docs/rules/ID.md */
char *rule_pages_one(struct arena *arena, const struct config *config, const struct rule *rule);

#endif
