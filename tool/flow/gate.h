/*
 * The policy of an environment about a plan.  Nothing else may ask for consent or refuse.
 *
 * careful and conservative want a person's consent to whatever takes something back.  require-approval, which is
 * conservative's default, and require_approval in environments.json want it to every change.
 */
#ifndef FLOW_GATE_H
#define FLOW_GATE_H

#include "model/plan.h"

/*
 * Why a person has to agree to a change of that service in that direction ("environment staging is careful"); NULL
 * when nobody has to.
 */
const char *gate_asks(struct arena *arena, const struct service *service, enum direction direction);

/* The same for a plan: the first step that somebody has to agree to decides. */
const char *gate_asks_about(struct arena *arena, const struct plan *plan);

#endif
