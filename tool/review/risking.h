/* What risk.c and risk_work.c share. */
#ifndef REVIEW_RISKING_H
#define REVIEW_RISKING_H

#include "review/risk.h"

/* Was it there before the migration?  NULL counts as one that was. */
bool risk_was_there(const struct situation *situation, const struct relation *relation);

/* NULL: not known.  What is small weighs less, what is huge weighs more. */
const struct table_size *risk_size_of(const struct subject *subject, const char *schema, const char *name);
enum risk_level risk_weigh(const struct table_size *size, enum risk_level level, bool loses);
const char *risk_size_text(struct arena *arena, const struct table_size *size); /* " (1.5 GiB)" */

const char *risk_shown(struct arena *arena, const char *schema, const char *name);

/* With the line of the action; the same text again adds a line to the reason. */
void risk_add_reason(struct arena *arena, struct risk *risk, const struct situation *situation, struct risk_reason fresh);

/* risk_work.c: who waits while the action works, for its own locks and for those of earlier statements. */
void risk_add_work(struct arena *arena, struct risk *risk, const struct situation *situation);

#endif
