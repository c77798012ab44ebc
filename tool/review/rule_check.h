/* What code judges, as the rules have it: whether it is told, and how severely. */
#ifndef REVIEW_RULE_CHECK_H
#define REVIEW_RULE_CHECK_H

#include "review/rule.h"

/* Is a finding of that id to be told?  *severity becomes what a repository says, where it says something. */
bool rules_tell(const struct rule_set *rules, const char *id, enum severity *severity);

/* Takes out findings of code that are switched off, and gives the others their severity. */
void rules_settle(const struct rule_set *rules, struct findings *findings);

#endif
