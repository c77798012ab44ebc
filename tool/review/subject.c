#include "review/subject.h"

void subject_report(struct arena *arena, const struct subject *subject, struct findings *findings,
                    enum severity severity, const char *rule, size_t offset, const char *why, const char *hint,
                    const char *format, ...)
{
    struct place place = {.file = arena_strdup(arena, subject->path)};
    int line;
    va_list arguments;
    lines_find(subject->lines, offset, &line, &place.column);
    place.line = subject->first_line + line - 1;
    va_start(arguments, format);
    const char *message = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    finding_add(arena, findings, severity, rule, ERR_INPUT, place, subject->service,
                hint == NULL ? NULL : arena_strdup(arena, hint), "%s", message);
    struct finding *finding = &findings->at[findings->count - 1];
    finding->source_line = lines_text(arena, subject->lines, line);
    finding->why = why;
}
