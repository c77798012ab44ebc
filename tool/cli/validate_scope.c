#include "cli/validate_scope.h"

#include "cli/run.h"
#include "flow/connected.h"
#include "review/check_base.h"
#include "review/check_history.h"

/* Options are read again with the catalog. */
static void lead_to_copy(struct run *run)
{
    run->options.text[OPTION_SERVICES] = run->settings.text[SETTING_SERVICES_PATH];
    run->options.text[OPTION_MIGRATIONS] = run->settings.text[SETTING_MIGRATIONS_PATH];
    run->options.text[OPTION_CONFIG] = run->settings.config_path;
}

int scope_open(struct run *run, struct scope *scope, struct findings_report *report, struct err *err)
{
    bool files = run->options.arguments.count > 0;
    *scope = (struct scope){.by_index = option_on(&run->options, OPTION_STAGED)};
    if (files && (scope->by_index || run->options.text[OPTION_BASE] != NULL))
        return err_set(err, ERR_USAGE, "%s is about migrations, not about single files",
                       run->options.spelled[scope->by_index ? OPTION_STAGED : OPTION_BASE]);
    if (option_on(&run->options, OPTION_CONNECTED) && (files || scope->by_index || run->options.text[OPTION_STAMP] != NULL ||
                                                       run->options.text[OPTION_STAMPS] != NULL))
        return err_set(err, ERR_USAGE, "--connected is about the migrations as they lie in the working tree");
    if (!scope->by_index)
        return 0;
    if (staged_open(run->arena, &run->settings, &run->config, &scope->staged, err) != 0)
        return -1;
    if (scope->staged.copy != NULL)
        lead_to_copy(run);
    report->looked_at = "nothing of it is staged";
    return 0;
}

static bool is_staged(void *context, const char *path)
{
    return staged_holds(context, path);
}

int scope_prepare(struct run *run, struct scope *scope, struct review *review, struct err *err)
{
    if (scope->by_index) {
        review->wants = is_staged;
        review->context = &scope->staged;
    }
    if (!option_on(&run->options, OPTION_CONNECTED))
        return 0;
    review->sizes = &scope->sizes;
    return connected_look(run->arena, &run->catalog, &run->events, &scope->sizes, &run->findings, err);
}

bool scope_is_empty(const struct scope *scope)
{
    return scope->by_index && scope->staged.names.count == 0;
}

int scope_check(struct run *run, const struct scope *scope, struct findings_report *report, struct err *err)
{
    const char *ref = run->options.text[OPTION_BASE];
    struct git git = scope->staged.git;
    size_t staged = scope->staged.names.count;
    if (scope->by_index)
        report->looked_at = arena_printf(run->arena, "%zu file%s staged", staged, staged == 1 ? "" : "s");
    if (ref == NULL)
        return 0;
    if (!scope->by_index && git_open(run->arena, run->catalog.directory, &git, err) != 0)
        return -1;
    if (check_base(run->arena, &run->catalog, &git, ref, scope->by_index, &run->findings, err) != 0)
        return -1;
    return check_history(run->arena, &run->catalog, &git, ref, &run->findings, err);
}

bool scope_concerns(const struct scope *scope, const struct finding *finding)
{
    return !scope->by_index || staged_concerns(&scope->staged, finding);
}

void scope_close(struct scope *scope)
{
    if (scope->by_index)
        staged_close(&scope->staged);
}
