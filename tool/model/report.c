#include "model/report.h"

static void report_text(const struct report *report, enum severity severity, const char *rule,
                        enum err_kind kind, struct place place, const char *hint, const char *format,
                        va_list arguments)
{
    const char *text = arena_vprintf(report->arena, format, arguments);
    finding_add(report->arena, report->findings, severity, rule, kind, place, report->service, hint, "%s", text);
}

void report_error(const struct report *report, const char *rule, struct place place, const char *hint,
                  const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_text(report, SEVERITY_ERROR, rule, ERR_INPUT, place, hint, format, arguments);
    va_end(arguments);
}

void report_failure(const struct report *report, const char *rule, enum err_kind kind, struct place place,
                    const char *hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_text(report, SEVERITY_ERROR, rule, kind, place, hint, format, arguments);
    va_end(arguments);
}

void report_warning(const struct report *report, const char *rule, struct place place, const char *hint,
                    const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_text(report, SEVERITY_WARNING, rule, ERR_INPUT, place, hint, format, arguments);
    va_end(arguments);
}

void report_err(const struct report *report, const char *rule, const struct err *err)
{
    struct place place = err->place;
    if (place.file != NULL)
        place.file = arena_strdup(report->arena, place.file);
    const char *hint = err->hint == NULL ? NULL : arena_strdup(report->arena, err->hint);
    report_failure(report, rule, err->kind, place, hint, "%s", err->message);
}

struct place report_file(const char *path)
{
    return (struct place){.file = path};
}
