#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/request.h"

int cmd_rollback(struct run *run, struct err *err)
{
    const char *id = argument_text(run, OPTION_MIGRATION);
    bool goal = request_has_goal(run);
    struct request request = request_new(run, REQUEST_ROLLBACK);
    if ((id == NULL) == !goal) {
        err_set(err, ERR_USAGE, goal ? "rollback takes a migration, a version or a release, not two of them"
                                     : "rollback needs a migration, a version or a release");
        return err_hint(err, "skein rollback --migration ID, skein rollback --to-version V, or skein rollback --to-release NAME");
    }
    if (goal && request_goal(run, run->options.text[OPTION_TO], &request, err) != 0)
        return -1;
    if (id != NULL && (request.migration = argument_migration(run, id, err)) == NULL)
        return -1;
    return request_run(run, &request, NULL, err);
}
