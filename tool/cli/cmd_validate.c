#include "base/file.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/findings_view.h"
#include "cli/run.h"
#include "cli/validate_scope.h"
#include "cli/validate_stamps.h"
#include "flow/seed.h"
#include "review/check.h"
#include "review/derived.h"
#include "review/fail_on.h"
#include "review/review.h"
#include "review/rule_check.h"

#include <string.h>
#include <time.h>

static const char *count_of(struct arena *arena, size_t count, const char *noun)
{
    return arena_printf(arena, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

static void add_file(struct findings_report *report, const struct half *half)
{
    if (half->path != NULL)
        *vec_add(report->run->arena, &report->files) = half->path;
}

/* "yes" and "no" are somebody else's ways of running the files. */
static int read_transaction(const struct run *run, enum review_transaction *transaction, struct err *err)
{
    const char *text = run->options.text[OPTION_IN_TRANSACTION];
    *transaction = text == NULL ? REVIEW_AS_RUN : strcmp(text, "yes") == 0 ? REVIEW_IN : REVIEW_OUT;
    if (*transaction != REVIEW_OUT || strcmp(text, "no") == 0)
        return 0;
    err_set(err, ERR_USAGE, "--in-transaction is \"%s\"; expected yes or no", text);
    return -1;
}

static int read_rules(struct run *run, struct rule_set *rules, struct err *err)
{
    struct strings names = {0};
    const char *only = run->options.text[OPTION_ONLY];
    if (rules_read(run->arena, &run->config, rules, err) != 0)
        return -1;
    for (const char *at = only; at != NULL && *at != '\0'; at += *at == ',') {
        size_t length = strcspn(at, ", ");
        if (length > 0)
            *vec_add(run->arena, &names) = arena_strndup(run->arena, at, length);
        at += length;
        while (*at == ' ')
            at++;
    }
    return only == NULL ? 0 : rules_only(run->arena, rules, &names, err);
}

/* What is looked at besides the files, and what need not be looked at. */
struct looking {
    struct scope scope;
    struct stamping stamping;
    struct timespec began;
};

/* Everything that the repository, or one service, holds. */
static int look_at_catalog(struct run *run, struct review *review, struct looking *looking,
                           struct findings_report *report, struct err *err)
{
    size_t services = 0, migrations = 0;
    if (scope_prepare(run, &looking->scope, review, err) != 0)
        return -1;
    check_structure(run->arena, &run->catalog, &run->findings);
    seed_check(run->arena, &run->catalog, run->service, looking->scope.by_index, &run->findings);
    report->derived = review->derived = derived_new(run->arena, &run->catalog, review->rules);
    review_catalog(review, &run->catalog, run->service);
    vec_each(service, &run->catalog.services) {
        if (run->service != NULL && run->service != *service)
            continue;
        services++;
        migrations += (*service)->migrations.count;
        vec_each(migration, &(*service)->migrations) {
            add_file(report, &(*migration)->up);
            add_file(report, &(*migration)->down);
        }
    }
    const char *what = looking->stamping.one ? run->service->name : count_of(run->arena, services, "service");
    report->looked_at = arena_printf(run->arena, "%s, %s", what, count_of(run->arena, migrations, "migration"));
    return scope_check(run, &looking->scope, report, err);
}

/* SQL that belongs to no service: what editors and other programs ask about.  "-" is standard input. */
static int look_at_files(struct run *run, struct review *review, struct findings_report *report, struct err *err)
{
    size_t limit = (size_t)config_number(&run->config, SETTING_MAX_FILE_SIZE), length;
    const char *setup_path = run->options.text[OPTION_SETUP];
    char *setup = NULL, *text;
    if (setup_path != NULL && file_read(run->arena, setup_path, limit, &setup, &length, err) != 0)
        return -1;
    vec_each(name, &run->options.arguments) {
        bool standard = strcmp(*name, "-") == 0;
        const char *shown = standard ? "<standard input>" : *name;
        if ((standard ? file_read_input(run->arena, limit, &text, &length, err)
                      : file_read(run->arena, *name, limit, &text, &length, err)) != 0)
            return -1;
        review_text(review, &run->config, shown, text, length, setup);
        *vec_add(run->arena, &report->files) = shown;
    }
    report->looked_at = count_of(run->arena, report->files.count, "file");
    return 0;
}

static bool has_nothing(const struct looking *looking)
{
    return scope_is_empty(&looking->scope) || looking->stamping.nothing;
}

static int look(struct run *run, struct looking *looking, struct findings_report *report, struct err *err)
{
    bool files = run->options.arguments.count > 0;
    struct rule_set *rules = arena_new(run->arena, struct rule_set);
    struct review review = {.arena = run->arena, .rules = rules, .findings = &run->findings};
    report->rules = rules;
    if (!files && run->options.text[OPTION_SETUP] != NULL) {
        err_set(err, ERR_USAGE, "--setup is for single files");
        return err_hint(err, "a service's migrations are their own setup");
    }
    if (read_transaction(run, &review.transaction, err) != 0 || scope_open(run, &looking->scope, report, err) != 0)
        return -1;
    if (has_nothing(looking))
        return 0;
    if (!files && (run_open(run, NEED_CATALOG | NEED_FINDINGS, err) != 0 ||
                   stamping_open(run, looking->began, &looking->stamping, err) != 0))
        return -1;
    if (has_nothing(looking))
        return 0;
    if (read_rules(run, rules, err) != 0)
        return -1;
    return files ? look_at_files(run, &review, report, err) : look_at_catalog(run, &review, looking, report, err);
}

/* Those that concern the run, in order and counted. */
static void collect(struct run *run, const struct looking *looking, struct findings_report *report)
{
    rules_settle(report->rules, &run->findings);
    findings_sort(run->arena, &run->findings);
    vec_each(finding, &run->findings) {
        if (!scope_concerns(&looking->scope, finding) || !stamping_concerns(&looking->stamping, finding))
            continue;
        if (run->service != NULL && finding->service != NULL && !str_same(finding->service, run->service->name))
            continue;
        report->counts[finding->severity]++;
        *vec_add(run->arena, &report->findings) = *finding;
    }
}

static int verdict(const struct findings_report *report, int least, bool told, struct err *err)
{
    size_t failures = 0;
    for (int severity = least; severity <= SEVERITY_ERROR; severity++)
        failures += report->counts[severity];
    if (failures == 0)
        return 0;
    if (told)
        return err_told(err, ERR_FAILED);
    return err_set(err, ERR_FAILED, "validation found %s",
                   count_of(report->run->arena, failures, least == SEVERITY_ERROR ? "error" : "problem"));
}

/* Findings are the result: they go to standard output; the exit code is that of a check that found something. */
int cmd_validate(struct run *run, struct err *err)
{
    struct findings_report report = {.run = run};
    struct looking looking = {0};
    int least;
    const char *name = run->options.text[OPTION_FORMAT];
    bool as_json = option_on(&run->options, OPTION_JSON);
    const struct findings_format *format = findings_format_get(run->arena, name != NULL ? name : as_json ? "json" : "text", err);
    if (format == NULL || fail_on_read(&run->config, &least, err) != 0)
        return -1;
    clock_gettime(CLOCK_REALTIME_COARSE, &looking.began);
    int looked = look(run, &looking, &report, err);
    if (looked == 0)
        collect(run, &looking, &report);
    scope_close(&looking.scope);
    if (looked != 0 || stamping_write(run, &looking.stamping, report.derived, least, err) != 0)
        return -1;
    if (looking.stamping.nothing)
        return 0;
    if (format->fingerprints)
        findings_fingerprint(run->arena, &report.findings);
    format->print(&report);
    return verdict(&report, least, strcmp(format->name, "text") != 0, err);
}
