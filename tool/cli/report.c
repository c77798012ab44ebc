#include "cli/report.h"
#include "base/str.h"
#include "sql/secret.h"
#include "text/screen.h"
#include "text/table.h"

#include <string.h>

/* Of a long line this much is shown in front of the place and altogether, in characters. */
enum { SHOWN_BEFORE = 50, SHOWN = 100 };

char *report_place(struct arena *arena, const struct place *place)
{
    if (place->file == NULL)
        return arena_strdup(arena, "");
    const char *file = screen_safe(arena, place->file, true);
    if (place->line == 0)
        return arena_printf(arena, "%s: ", file);
    if (place->column == 0)
        return arena_printf(arena, "%s:%d: ", file, place->line);
    return arena_printf(arena, "%s:%d:%d: ", file, place->line, place->column);
}

char *report_sentence(struct arena *arena, const struct place *place, const char *message)
{
    bool named = place->file != NULL && place->line == 0 && str_starts(message, place->file) &&
                 message[strlen(place->file)] == ' ';
    return arena_printf(arena, "%s%s", named ? "" : report_place(arena, place), screen_safe(arena, message, false));
}

/* `count` characters further. */
static const char *forward(const char *text, size_t count)
{
    while (count > 0 && *text != '\0') {
        text++;
        while ((*text & 0xC0) == 0x80)
            text++;
        count--;
    }
    return text;
}

/*
 * The line of the file and a caret under the column.  Tabs become spaces one to one, so that the caret stands right
 * whatever the tab stops are.
 */
static void add_source(struct str *text, const struct place *at, const char *line, int stream)
{
    size_t column = at->column > 0 ? (size_t)at->column - 1 : 0;
    line = secret_masked(text->arena, line, strlen(line));
    size_t skipped = column > SHOWN_BEFORE ? column - SHOWN_BEFORE : 0;
    const char *start = forward(line, skipped);
    const char *end = forward(start, SHOWN);
    const char *place = forward(start, column - skipped);
    struct arena *arena = text->arena;
    const char *before = screen_safe(arena, arena_strndup(arena, start, (size_t)(place - start)), true);
    const char *behind = screen_safe(arena, arena_strndup(arena, place, (size_t)(end - place)), true);
    const char *dots = skipped > 0 ? "..." : "";
    const char *number = arena_printf(arena, "%6d", at->line);
    str_addf(text, "%s | %s%s%s%s\n", number, dots, before, behind, *end != '\0' ? "..." : "");
    if (at->column > 0)
        str_addf(text, "%*s | %*s%s^%s\n", (int)strlen(number), "", (int)(strlen(dots) + screen_width(before)), "",
                 tone_on(TONE_BAD, stream), tone_off(stream));
}

void report_labelled(struct str *text, size_t indent, const char *label, const char *content)
{
    const char *safe = screen_safe(text->arena, content, false);
    str_addf(text, "%*s%s: ", (int)indent, "", label);
    for (; *safe != '\0'; safe++) {
        str_add_char(text, *safe);
        if (*safe == '\n' && safe[1] != '\0')
            str_addf(text, "%*s", (int)(indent + strlen(label)) + 2, "");
    }
    if (text->at[text->length - 1] != '\n')
        str_add(text, "\n");
}

char *report_text(struct arena *arena, const struct err *err, int stream)
{
    struct str text = str_new(arena);
    str_addf(&text, "%serror:%s %s", tone_on(TONE_BAD, stream), tone_off(stream),
             report_sentence(arena, &err->place, err->message != NULL ? err->message : "no message"));
    if (err->sqlstate[0] != '\0')
        str_addf(&text, " (SQLSTATE %s)", err->sqlstate);
    str_add(&text, "\n");
    if (err->source_line != NULL && err->place.line > 0)
        add_source(&text, &err->place, err->source_line, stream);
    if (err->detail != NULL)
        report_labelled(&text, 0, "detail", err->detail);
    if (err->hint != NULL)
        report_labelled(&text, 0, "hint", err->hint);
    return text.at;
}

char *report_source(struct arena *arena, const struct place *place, const char *line, int stream)
{
    struct str text = str_new(arena);
    if (line != NULL && place->line > 0)
        add_source(&text, place, line, stream);
    return text.at;
}

static struct json *known(struct arena *arena, int number)
{
    return number > 0 ? json_integer(arena, number) : json_text(arena, NULL);
}

struct json *report_json(struct arena *arena, const struct err *err)
{
    struct json *object = json_object(arena);
    json_set_text(object, "kind", err_kinds[err->kind].name);
    json_set_integer(object, "exit_code", err_exit_code(err));
    json_set_text(object, "message", err->message);
    json_set_text(object, "file", err->place.file);
    json_set(object, "line", known(arena, err->place.line));
    json_set(object, "column", known(arena, err->place.column));
    json_set_text(object, "sqlstate", err->sqlstate[0] != '\0' ? err->sqlstate : NULL);
    json_set_text(object, "detail", err->detail);
    json_set_text(object, "hint", err->hint);
    return object;
}
