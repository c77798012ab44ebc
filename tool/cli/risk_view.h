/* The risk of migrations on a terminal and in JSON. */
#ifndef CLI_RISK_VIEW_H
#define CLI_RISK_VIEW_H

#include "cli/command.h"
#include "review/derived.h"
#include "text/json.h"
#include "text/table.h"

/* Replays the catalog to know the risk of every half; no rule is asked.  `sizes` may be NULL. */
struct derived *risk_view_replay(const struct run *run, const struct table_sizes *sizes);

/* Members "risk" and "risk_reasons"; nothing where the risk is not known. */
void risk_view_json(struct json *object, struct arena *arena, const struct risk *risk);

enum tone risk_view_tone(const struct risk *risk);

/* "high: rewrites shop.orders while nobody can read it (line 3)", a line for each reason from `least` on. */
void risk_view_reasons(struct arena *arena, const struct migration *migration, const struct risk *risk,
                       enum risk_level least);

#endif
