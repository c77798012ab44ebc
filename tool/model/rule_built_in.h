/* The built-in rules as text: tool/model/rules, made part of the binary by the build. */
#ifndef MODEL_RULE_BUILT_IN_H
#define MODEL_RULE_BUILT_IN_H

struct built_in_rules {
    const char *name;   /* of the file, without its ending */
    const char *text;   /* YAML */
};

extern const struct built_in_rules built_in_rules[]; /* ends with a row without name */

#endif
