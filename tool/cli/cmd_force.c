#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/run.h"
#include "flow/apply.h"
#include "flow/gate.h"

/* golang-migrate takes any version; skein does, too, since the file may not exist any more. */
int cmd_force(struct run *run, struct err *err)
{
    const char *text = argument_text(run, OPTION_TO);
    struct targets targets;
    int64_t version;
    if (text == NULL) {
        err_set(err, ERR_USAGE, "force needs a version");
        return err_hint(err, "skein force V; -1 records that nothing is applied");
    }
    const struct service *service = run_service(run, err);
    if (service == NULL || argument_version(run, text, &version, err) != 0)
        return -1;
    const char *why = gate_asks(run->arena, service, DIRECTION_DOWN);
    if (why != NULL && confirm_ask(run, arena_printf(run->arena, "Record version %s of %s without running anything?",
                                                     text, service->name), why, err) != 0)
        return -1;
    if (targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    int status = apply_force(run->arena, &targets, service, version, &run->events, err);
    targets_close(&targets);
    return status;
}
