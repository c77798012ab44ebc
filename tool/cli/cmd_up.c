#include "cli/commands.h"
#include "cli/request.h"

int cmd_up(struct run *run, struct err *err)
{
    struct request request;
    bool nothing;
    if (request_up(run, &request, &nothing, err) != 0)
        return -1;
    return nothing ? request_nothing(run) : request_run(run, &request, NULL, err);
}
