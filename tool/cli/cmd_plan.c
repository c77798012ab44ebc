#include "cli/commands.h"
#include "cli/request.h"

int cmd_plan(struct run *run, struct err *err)
{
    struct request request;
    bool nothing;
    if (request_up(run, &request, &nothing, err) != 0)
        return -1;
    return nothing ? request_nothing(run) : request_show(run, &request, err);
}
