#include "cli/run.h"
#include "cli/report.h"
#include "text/nearest.h"

/* The options that feed settings, and --config. */
static void collect_settings(struct run *run)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (option_rows[i].setting != SETTINGS && run->options.text[i] != NULL)
            run->settings.text[option_rows[i].setting] = run->options.text[i];
    run->settings.config_path = run->options.text[OPTION_CONFIG];
}

const char *run_warning(const struct run *run, const struct finding *finding)
{
    const char *hint = finding->hint != NULL ? arena_printf(run->arena, " (%s)", finding->hint) : "";
    return arena_printf(run->arena, "%s%s", report_sentence(run->arena, &finding->place, finding->message), hint);
}

void run_tell_warnings(const struct run *run, const struct findings *findings, size_t from)
{
    for (size_t i = from; i < findings->count; i++) {
        const struct finding *finding = &findings->at[i];
        if (finding->severity != SEVERITY_WARNING)
            continue;
        events_tell(&run->events, &(struct event){.kind = EVENT_WARNING, .text = run_warning(run, finding)});
    }
}

int run_open(struct run *run, unsigned needs, struct err *err)
{
    size_t from = run->findings.count;
    if (needs == NEED_NOTHING)
        return 0;
    collect_settings(run);
    if (config_read(run->arena, &run->settings, &run->config, &run->findings, err) != 0)
        return -1;
    if (needs & (NEED_CATALOG | NEED_FINDINGS)) {
        if (catalog_read(run->arena, &run->settings, &run->config, &run->catalog, &run->findings, err) != 0)
            return -1;
        const char *name = run->options.text[OPTION_SERVICE];
        if (name != NULL && (run->service = catalog_service(&run->catalog, name, err)) == NULL)
            return -1;
    }
    if (needs & NEED_FINDINGS)
        return 0;
    run_tell_warnings(run, &run->findings, from);
    return findings_judge(&run->findings, err);
}

const struct service *run_service(const struct run *run, struct err *err)
{
    const struct services *services = &run->catalog.services;
    if (run->service != NULL)
        return run->service;
    if (services->count == 1)
        return services->at[0];
    struct strings names = {0};
    vec_each(service, services)
        *vec_add(run->arena, &names) = (*service)->name;
    err_set(err, ERR_USAGE, "this command works on one service, and there are %zu", services->count);
    err_hint(err, "name it with --service: %s", words_join(run->arena, &names));
    return NULL;
}
