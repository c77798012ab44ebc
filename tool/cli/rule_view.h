/* Safety rules as a list, as an explanation of one, and as JSON. */
#ifndef CLI_RULE_VIEW_H
#define CLI_RULE_VIEW_H

#include "review/rule.h"
#include "text/json.h"

/* "error", or "off": as in force. */
const char *rule_view_state(const struct rule *rule);

/* "create-index, drop table"; "all" where it looks at everything. */
char *rule_view_kinds(struct arena *arena, const struct rule *rule);

/* The title of its group: "Indexes". */
char *rule_view_group(struct arena *arena, const struct rule *rule);

void rule_view_list(struct arena *arena, const struct rule_set *rules);
void rule_view_one(struct arena *arena, const struct config *config, const struct rule *rule);
struct json *rule_view_json(struct arena *arena, const struct rule *rule);

#endif
