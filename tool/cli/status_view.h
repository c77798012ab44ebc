/* The states of services as a table with a line for each service, or as JSON. */
#ifndef CLI_STATUS_VIEW_H
#define CLI_STATUS_VIEW_H

#include "model/status.h"

VEC(statuses, struct status);

/* `brief`: no line for each service.  `plain`: the one service of --migrations, which has no name to show. */
void status_view_text(struct arena *arena, const struct statuses *statuses, bool plain, bool brief);
void status_view_json(struct arena *arena, const struct statuses *statuses);

#endif
