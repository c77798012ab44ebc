/* The built-in rules as documents: tool/review/rules, read by the build and made part of the binary. */
#ifndef REVIEW_RULE_BUILT_IN_H
#define REVIEW_RULE_BUILT_IN_H

#include "text/node.h"

struct built_in_rules {
    const char *name;         /* of the file, without its ending */
    const char *path;         /* for places */
    const struct node *root;
};

extern const struct built_in_rules built_in_rules[]; /* ends with a row without name */

#endif
