/* The bad example of a rule, judged by that rule alone: what it says there, with every variable filled in. */
#ifndef REVIEW_RULE_EXAMPLE_H
#define REVIEW_RULE_EXAMPLE_H

#include "review/rule.h"

/* The first finding; NULL without an example, or where it gives none on this server or in this environment. */
const struct finding *rule_example(struct arena *arena, const struct config *config, const struct rule *rule);

#endif
