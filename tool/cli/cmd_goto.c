#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/request.h"

int cmd_goto(struct run *run, struct err *err)
{
    const char *version = argument_text(run, OPTION_TO);
    struct request request = request_new(run, REQUEST_GOTO);
    if (version == NULL && !request_has_goal(run)) {
        err_set(err, ERR_USAGE, "goto needs a version or a release");
        return err_hint(err, "skein goto V, or skein goto --to-release NAME; skein list shows both");
    }
    return request_goal(run, version, &request, err) != 0 ? -1 : request_run(run, &request, NULL, err);
}
