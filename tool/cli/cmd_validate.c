#include "base/str.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/report.h"
#include "model/check.h"
#include "model/check_syntax.h"
#include "text/screen.h"
#include "text/table.h"

#include <stdio.h>
#include <unistd.h>

static const enum tone tones[] = {
    [SEVERITY_NOTE] = TONE_FAINT, [SEVERITY_WARNING] = TONE_WARN, [SEVERITY_ERROR] = TONE_BAD};

static bool concerns(const struct run *run, const struct finding *finding)
{
    return run->service == NULL || finding->service == NULL || str_same(finding->service, run->service->name);
}

static struct json *finding_json(struct arena *arena, const struct finding *finding)
{
    struct json *object = json_object(arena);
    json_set_text(object, "severity", severity_names[finding->severity]);
    json_set_text(object, "rule", finding->rule);
    json_set_text(object, "service", finding->service);
    json_set_text(object, "file", finding->place.file);
    json_set_integer(object, "line", finding->place.line);
    json_set_integer(object, "column", finding->place.column);
    json_set_text(object, "message", finding->message);
    json_set_text(object, "hint", finding->hint);
    return object;
}

static void print_text(struct arena *arena, const struct finding *finding)
{
    enum tone tone = tones[finding->severity];
    printf("%s%s%s:%s %s [%s]\n", report_place(arena, &finding->place), tone_on(tone, STDOUT_FILENO),
           severity_names[finding->severity], tone_off(STDOUT_FILENO), screen_safe(arena, finding->message, true),
           finding->rule);
    fputs(report_source(arena, &finding->place, finding->source_line, STDOUT_FILENO), stdout);
    if (finding->hint != NULL)
        printf("  hint: %s\n", screen_safe(arena, finding->hint, true));
}

static void print_summary(const struct run *run, const size_t counts[3])
{
    size_t services = run->service != NULL ? 1 : run->catalog.services.count, migrations = 0;
    vec_each(service, &run->catalog.services)
        if (run->service == NULL || run->service == *service)
            migrations += (*service)->migrations.count;
    if (!option_on(&run->options, OPTION_QUIET))
        printf("%zu service%s, %zu migration%s: %zu error%s, %zu warning%s\n", services, services == 1 ? "" : "s",
               migrations, migrations == 1 ? "" : "s", counts[SEVERITY_ERROR], counts[SEVERITY_ERROR] == 1 ? "" : "s",
               counts[SEVERITY_WARNING], counts[SEVERITY_WARNING] == 1 ? "" : "s");
}

/* Findings are the result: they go to standard output; the exit code is that of a check that found something. */
int cmd_validate(struct run *run, struct err *err)
{
    bool as_json = option_on(&run->options, OPTION_JSON);
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    size_t counts[3] = {0};
    check_structure(run->arena, &run->catalog, &run->findings);
    check_syntax(run->arena, &run->catalog, run->service, &run->findings);
    findings_sort(run->arena, &run->findings);
    vec_each(finding, &run->findings) {
        if (!concerns(run, finding))
            continue;
        counts[finding->severity]++;
        if (as_json)
            json_add(list, finding_json(run->arena, finding));
        else
            print_text(run->arena, finding);
    }
    json_set(document, "findings", list);
    if (as_json)
        json_log_print(run->arena, document);
    else
        print_summary(run, counts);
    if (counts[SEVERITY_ERROR] == 0)
        return 0;
    if (as_json)
        return err_told(err, ERR_FAILED);
    return err_set(err, ERR_FAILED, "validation found %zu error%s", counts[SEVERITY_ERROR],
                   counts[SEVERITY_ERROR] == 1 ? "" : "s");
}
