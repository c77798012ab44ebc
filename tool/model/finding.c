#include "model/finding.h"

#include <string.h>

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

static int compare(const struct finding *a, const struct finding *b)
{
    const char *one = a->place.file == NULL ? "" : a->place.file, *other = b->place.file == NULL ? "" : b->place.file;
    int files = strcmp(one, other);
    if (files != 0)
        return files;
    return a->place.line != b->place.line ? a->place.line - b->place.line : a->place.column - b->place.column;
}

/* Merging keeps the order of equals, which qsort does not promise. */
static void merge(struct finding *to, const struct finding *from, size_t middle, size_t count)
{
    for (size_t i = 0, j = middle, k = 0; k < count; k++)
        to[k] = j == count || (i < middle && compare(&from[i], &from[j]) <= 0) ? from[i++] : from[j++];
}

void findings_sort(struct arena *arena, struct findings *findings)
{
    struct finding *other = arena_alloc(arena, (findings->count + 1) * sizeof(*other));
    for (size_t width = 1; width < findings->count; width *= 2) {
        for (size_t at = 0; at < findings->count; at += 2 * width) {
            size_t left = findings->count - at, count = left < 2 * width ? left : 2 * width;
            merge(other + at, findings->at + at, width < count ? width : count, count);
        }
        memcpy(findings->at, other, findings->count * sizeof(*other));
    }
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
    err->source_line = first->source_line == NULL ? NULL : arena_strdup(err->arena, first->source_line);
    return err_at(err, first->place.file, first->place.line, first->place.column);
}
