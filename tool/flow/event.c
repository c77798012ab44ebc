#include "flow/event.h"

const char *const event_names[EVENT_KINDS] = {
    [EVENT_SERVER_STARTED] = "server_started",
    [EVENT_RUN_STARTED] = "run_started",
    [EVENT_LOCK_WAITING] = "lock_waiting",
    [EVENT_ADOPTED] = "adopted",
    [EVENT_RESUMED] = "resumed",
    [EVENT_MIGRATION_STARTED] = "migration_started",
    [EVENT_STATEMENT_STARTED] = "statement_started",
    [EVENT_STATEMENT_FINISHED] = "statement_finished",
    [EVENT_MIGRATION_FINISHED] = "migration_finished",
    [EVENT_MIGRATION_FAILED] = "migration_failed",
    [EVENT_NOTICE] = "notice",
    [EVENT_RETRYING] = "retrying",
    [EVENT_WARNING] = "warning",
    [EVENT_RUN_FINISHED] = "run_finished",
};

void events_add(struct events *events, struct listener *listener)
{
    struct listener **end = &events->first;
    while (*end != NULL)
        end = &(*end)->next;
    listener->next = NULL;
    *end = listener;
}

void events_tell(const struct events *events, const struct event *event)
{
    for (struct listener *at = events->first; at != NULL; at = at->next)
        at->hear(at, event);
}

void events_tick(const struct events *events)
{
    for (struct listener *at = events->first; at != NULL; at = at->next)
        if (at->tick != NULL)
            at->tick(at);
}
