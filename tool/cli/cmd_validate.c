#include "base/file.h"
#include "cli/commands.h"
#include "cli/findings_view.h"
#include "cli/run.h"
#include "model/check.h"
#include "model/check_syntax.h"

#include <string.h>

static bool concerns(const struct run *run, const struct finding *finding)
{
    return run->service == NULL || finding->service == NULL || str_same(finding->service, run->service->name);
}

static const char *count_of(struct arena *arena, size_t count, const char *noun)
{
    return arena_printf(arena, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

static void add_file(struct findings_report *report, const struct half *half)
{
    if (half->path != NULL)
        *vec_add(report->run->arena, &report->files) = half->path;
}

/* Everything that the repository, or one service, holds. */
static int look_at_catalog(struct run *run, struct findings_report *report, struct err *err)
{
    size_t services = 0, migrations = 0;
    if (run_open(run, NEED_CATALOG | NEED_FINDINGS, err) != 0)
        return -1;
    check_structure(run->arena, &run->catalog, &run->findings);
    check_syntax(run->arena, &run->catalog, run->service, &run->findings);
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
    report->looked_at = arena_printf(run->arena, "%s, %s", count_of(run->arena, services, "service"),
                                     count_of(run->arena, migrations, "migration"));
    return 0;
}

/* SQL that belongs to no service: what editors and other programs ask about.  "-" is standard input. */
static int look_at_files(struct run *run, struct findings_report *report, struct err *err)
{
    size_t limit = (size_t)config_number(&run->config, SETTING_MAX_FILE_SIZE);
    vec_each(name, &run->options.arguments) {
        bool standard = strcmp(*name, "-") == 0;
        const char *shown = standard ? "<standard input>" : *name;
        char *text;
        size_t length;
        if ((standard ? file_read_input(run->arena, limit, &text, &length, err)
                      : file_read(run->arena, *name, limit, &text, &length, err)) != 0)
            return -1;
        check_syntax_text(run->arena, &run->config, shown, text, length, &run->findings);
        *vec_add(run->arena, &report->files) = shown;
    }
    report->looked_at = count_of(run->arena, report->files.count, "file");
    return 0;
}

/* Findings are the result: they go to standard output; the exit code is that of a check that found something. */
int cmd_validate(struct run *run, struct err *err)
{
    struct findings_report report = {.run = run};
    const char *name = run->options.text[OPTION_FORMAT];
    bool as_json = option_on(&run->options, OPTION_JSON);
    const struct findings_format *format = findings_format_get(run->arena, name != NULL ? name : as_json ? "json" : "text", err);
    if (format == NULL)
        return -1;
    if ((run->options.arguments.count > 0 ? look_at_files : look_at_catalog)(run, &report, err) != 0)
        return -1;
    findings_sort(run->arena, &run->findings);
    vec_each(finding, &run->findings) {
        if (!concerns(run, finding))
            continue;
        report.counts[finding->severity]++;
        *vec_add(run->arena, &report.findings) = *finding;
    }
    format->print(&report);
    size_t errors = report.counts[SEVERITY_ERROR];
    if (errors == 0)
        return 0;
    if (strcmp(format->name, "text") != 0)
        return err_told(err, ERR_FAILED);
    return err_set(err, ERR_FAILED, "validation found %s", count_of(run->arena, errors, "error"));
}
