#include "flow/yield.h"

#include "base/clock.h"

enum { LOOK_EVERY = 1000000 }; /* microseconds */

/* The watch of the work connection that is waiting; there is one at a time. */
struct watch {
    struct session *session;
    struct target *target;
    int64_t next;
};

static struct watch watch;

static void look(void *context)
{
    struct arena arena = {0};
    struct target *target = watch.target;
    events_tick(((struct session *)context)->events);
    if (!target->lock.held || clock_now() < watch.next)
        return;
    watch.next = clock_now() + LOOK_EVERY;
    if (lock_is_waited_for(&arena, &target->lock, target->work.backend))
        lock_yield(&target->lock);
    arena_release(&arena);
}

void yield_watch(struct session *session, struct target *target)
{
    watch = (struct watch){session, target, clock_now() + LOOK_EVERY};
    target->work.on_wait = look;
}

int yield_end(struct session *session, struct target *target, struct err *err)
{
    struct err ignored = {.arena = session->arena};
    int64_t wait = config_number(session->targets->catalog->config, SETTING_WAIT);
    session_listen(session, &target->work);
    if (target->lock.held)
        return 0;
    return lock_take(session->arena, &target->dsn, &target->lock, wait, session_hear_waiting, session, err == NULL ? &ignored : err);
}
