/* A person's word about a step whose outcome nobody knows. */
#include "flow/settle.h"
#include "flow/stepwise.h"


static int no_open_statement(const struct migration *migration, struct err *err)
{
    err_set(err, ERR_USAGE, "%s has no statement whose outcome is open", migration->id);
    return err_hint(err, "`skein status` shows what is open");
}

int stepwise_resolve(struct session *session, struct service_run *run, const struct migration *migration, bool done,
                     struct err *err)
{
    struct stepwise at = {.session = session, .run = run};
    bool found;
    struct loaded loaded;
    struct step step = {.migration = service_find(run->service, migration->version)};
    int failed = journal_read(&run->target->work, &at.arena, &run->record->tables, &at.journal, &found, err);
    if (!failed && (!found || at.journal.version != migration->version || !at.journal.intent))
        failed = no_open_statement(migration, err);
    if (!failed) {
        step.direction = at.journal.direction;
        failed = load_step(&at.arena, &step, &loaded, err);
    }
    if (!failed) {
        at.loaded = &loaded;
        stepwise_plan(&at);
        failed = settle_check(&at, err) != 0 || settle_by_hand(&at, done, err) != 0 ? -1 : 0;
    }
    arena_release(&at.arena);
    return failed;
}
