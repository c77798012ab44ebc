/* Releases as a table or as JSON: where each service stands in them, and what none has yet. */
#ifndef CLI_RELEASE_VIEW_H
#define CLI_RELEASE_VIEW_H

#include "cli/command.h"

/* Of --service, or of all services; the oldest first. */
void release_view(const struct run *run);

#endif
