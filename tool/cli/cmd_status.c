#include "cli/commands.h"
#include "cli/status_view.h"
#include "flow/target.h"

static int make_all(struct run *run, const struct service_states *states, struct statuses *statuses, struct err *err)
{
    for (size_t i = 0; i < run->catalog.services.count; i++) {
        const struct service *service = run->catalog.services.at[i];
        bool checksums = config_number(&service->config, SETTING_CHECKSUM_VALIDATION) != 0;
        if (run->service != NULL && run->service != service)
            continue;
        if (status_make(run->arena, service, states->at[i], checksums, vec_add(run->arena, statuses), err) != 0)
            return -1;
    }
    return 0;
}

/* With --exit-code the answer is the exit code alone. */
static int judge(const struct run *run, const struct statuses *statuses, struct err *err)
{
    bool current = true;
    vec_each(status, statuses)
        current = current && status_is_current(status);
    if (current || !option_on(&run->options, OPTION_EXIT_CODE))
        return 0;
    return err_told(err, ERR_FAILED);
}

int cmd_status(struct run *run, struct err *err)
{
    struct targets targets;
    struct service_states states = {0};
    struct statuses statuses = {0};
    if (targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    int read = targets_read(run->arena, &targets, &states, err);
    targets_close(&targets);
    if (read != 0 || make_all(run, &states, &statuses, err) != 0)
        return -1;
    if (option_on(&run->options, OPTION_JSON))
        status_view_json(run->arena, &statuses);
    else
        status_view_text(run->arena, &statuses, run->catalog.plain, option_on(&run->options, OPTION_QUIET));
    return judge(run, &statuses, err);
}
