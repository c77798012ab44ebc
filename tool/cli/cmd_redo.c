#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/request.h"

int cmd_redo(struct run *run, struct err *err)
{
    const char *id = run->options.text[OPTION_MIGRATION];
    struct request request = request_new(run, REQUEST_REDO);
    long count;
    if (argument_count(run, &count, err) != 0)
        return -1;
    if (id != NULL && count >= 0) {
        err_set(err, ERR_USAGE, "redo takes a number or a migration, not both");
        return err_hint(err, "skein redo N, or skein redo --migration ID");
    }
    if (count == 0)
        return request_nothing(run);
    if (id != NULL && (request.migration = argument_migration(run, id, err)) == NULL)
        return -1;
    request.count = id != NULL ? 0 : count > 0 ? count : 1;
    return request_run(run, &request, NULL, err);
}
