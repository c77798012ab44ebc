#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/request.h"

int cmd_rollback(struct run *run, struct err *err)
{
    const char *id = argument_text(run, OPTION_MIGRATION);
    const char *to = run->options.text[OPTION_TO];
    struct request request = request_new(run, REQUEST_ROLLBACK);
    if ((id == NULL) == (to == NULL)) {
        err_set(err, ERR_USAGE, id == NULL ? "rollback needs a migration or a version"
                                           : "rollback takes a migration or a version, not both");
        return err_hint(err, "skein rollback --migration ID, or skein rollback --to-version V");
    }
    if (to != NULL && request_target(run, to, &request, err) != 0)
        return -1;
    if (id != NULL && (request.migration = argument_migration(run, id, err)) == NULL)
        return -1;
    return request_run(run, &request, NULL, err);
}
