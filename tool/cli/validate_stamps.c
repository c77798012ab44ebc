#include "cli/validate_stamps.h"

#include "base/path.h"
#include "base/str.h"

#include <stdio.h>

/* Reports of services that are looked at side by side are not to be mixed. */
enum { REPORT_SIZE = 1 << 20 };

static const char *options_of(const struct run *run)
{
    static const enum option matter[] = {OPTION_ONLY, OPTION_IN_TRANSACTION};
    struct str text = str_new(run->arena);
    for (size_t i = 0; i < sizeof(matter) / sizeof(matter[0]); i++)
        str_addf(&text, "%s;", run->options.text[matter[i]] == NULL ? "" : run->options.text[matter[i]]);
    return text.at;
}

int stamping_open(struct run *run, struct timespec began, struct stamping *stamping, struct err *err)
{
    const char *all = run->options.text[OPTION_STAMPS], *one = run->options.text[OPTION_STAMP];
    *stamping = (struct stamping){.on = all != NULL || one != NULL, .one = one != NULL};
    if (!stamping->on)
        return 0;
    if (option_on(&run->options, OPTION_STAGED) || run->options.text[OPTION_BASE] != NULL ||
        run->options.text[OPTION_SERVICE] != NULL || run->options.arguments.count > 0 || (all != NULL && one != NULL))
        return err_set(err, ERR_USAGE, "a stamp stands for whole services, whatever git or the command line chooses");
    setvbuf(stdout, NULL, _IOFBF, REPORT_SIZE);
    const char *directory = all != NULL ? all : path_directory(run->arena, one);
    if (stamps_open(run->arena, directory, &run->catalog, options_of(run), began, &stamping->stamps, err) != 0) {
        if (err->kind == ERR_USAGE || one != NULL)
            return -1;
        err_clear(err); /* a checkout that cannot be written to is looked at all the same, each time */
        stamping->on = false;
        return 0;
    }
    if (one != NULL) {
        run->service = stamps_service(&stamping->stamps, one);
        stamping->nothing = run->service == NULL || stamps_is_current(&stamping->stamps, run->service);
    } else {
        stamping->nothing = stamps_know_key(&stamping->stamps);
    }
    return 0;
}

bool stamping_concerns(const struct stamping *stamping, const struct finding *finding)
{
    return !stamping->one || finding->service != NULL || finding->severity == SEVERITY_ERROR;
}

/* `service` NULL: about what concerns none. */
static bool is_good(const struct run *run, const struct service *service, int least)
{
    const char *name = service == NULL ? NULL : service->name;
    vec_each(finding, &run->findings)
        if ((int)finding->severity >= least && str_same(finding->service, name))
            return false;
    return true;
}

int stamping_write(const struct run *run, const struct stamping *stamping, const struct derived *derived, int least,
                   struct err *err)
{
    if (!stamping->on || stamping->nothing)
        return 0;
    bool shared = is_good(run, NULL, least);
    if (!stamping->one)
        stamps_forget_key(&stamping->stamps);
    vec_each(service, &run->catalog.services) {
        if (stamping->one && *service != run->service)
            continue;
        if (stamps_write(&stamping->stamps, *service, is_good(run, *service, least) && shared,
                         derived_seeks(derived, *service), err) != 0)
            return -1;
    }
    return stamping->one ? 0 : stamps_write_key(&stamping->stamps, shared, err);
}
