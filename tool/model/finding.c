#include "model/finding.h"

const char *const severity_names[] = {
    [SEVERITY_NOTE] = "note",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_ERROR] = "error",
};

void finding_add(struct arena *arena, struct findings *findings, enum severity severity, const char *rule,
                 enum err_kind kind, struct place place, const char *service, const char *hint, const char *format,
                 ...)
{
    va_list arguments;
    va_start(arguments, format);
    *vec_add(arena, findings) = (struct finding){
        .severity = severity,
        .rule = rule,
        .kind = kind,
        .place = place,
        .message = arena_vprintf(arena, format, arguments),
        .hint = hint,
        .service = service,
    };
    va_end(arguments);
}

int findings_judge(const struct findings *findings, struct err *err)
{
    const struct finding *first = NULL;
    size_t errors = 0;
    vec_each(finding, findings) {
        if (finding->severity != SEVERITY_ERROR)
            continue;
        if (errors++ == 0)
            first = finding;
    }
    if (first == NULL)
        return 0;
    err_set(err, first->kind, "%s", first->message);
    if (errors > 1)
        err->message = arena_printf(err->arena, "%s (and %zu more %s)", first->message, errors - 1,
                                    errors == 2 ? "error" : "errors");
    if (first->hint != NULL)
        err_hint(err, "%s", first->hint);
    return err_at(err, first->place.file, first->place.line, first->place.column);
}
