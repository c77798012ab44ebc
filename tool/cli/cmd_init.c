#include "cli/commands.h"
#include "flow/apply.h"

int cmd_init(struct run *run, struct err *err)
{
    struct targets targets;
    if (targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    int status = apply_init(run->arena, &targets, run->service, &run->events, err);
    targets_close(&targets);
    return status;
}
