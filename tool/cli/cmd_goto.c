#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/request.h"

int cmd_goto(struct run *run, struct err *err)
{
    const char *version = argument_text(run, OPTION_TO);
    struct request request = request_new(run, REQUEST_GOTO);
    if (version == NULL) {
        err_set(err, ERR_USAGE, "goto needs a version");
        return err_hint(err, "skein goto V; skein list shows the versions");
    }
    return request_target(run, version, &request, err) != 0 ? -1 : request_run(run, &request, NULL, err);
}
