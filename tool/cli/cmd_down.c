#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/request.h"

static int one_way(const struct run *run, long count, struct err *err)
{
    const struct options *options = &run->options;
    int ways = (count >= 0) + option_on(options, OPTION_ALL) + request_has_goal(run);
    if (ways < 2)
        return 0;
    err_set(err, ERR_USAGE, "N, --all, --to and --to-release say different things about how far to go");
    return err_hint(err, "give one of them");
}

/* golang-migrate's down takes everything back; in a repository of services a bare down is one step. */
int cmd_down(struct run *run, struct err *err)
{
    bool all = option_on(&run->options, OPTION_ALL);
    long count;
    if (argument_count(run, &count, err) != 0 || one_way(run, count, err) != 0)
        return -1;
    if (count == 0)
        return request_nothing(run);
    if (request_has_goal(run)) {
        struct request request = request_new(run, REQUEST_ROLLBACK);
        return request_goal(run, run->options.text[OPTION_TO], &request, err) != 0 ? -1 : request_run(run, &request, NULL, err);
    }
    struct request request = request_new(run, REQUEST_DOWN);
    bool bare = count < 0 && !all;
    request.count = count > 0 ? count : all || run->catalog.plain ? -1 : 1;
    return request_run(run, &request, bare && run->catalog.plain ? "down without N rolls back everything" : NULL, err);
}
