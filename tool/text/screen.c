#include "text/screen.h"

#include <langinfo.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

/* The length of the UTF-8 character at `text`, 0 when there is none; *point gets its number. */
static size_t decode(const unsigned char *text, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = text[0] < 0x80 ? 1 : text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
    if (length == 1) {
        *point = text[0];
        return 1;
    }
    if (text[0] < 0xC2 || text[0] > 0xF4)
        return 0;
    *point = text[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return 0;
        *point = *point << 6 | (text[i] & 0x3Fu);
    }
    bool surrogate = *point >= 0xD800 && *point <= 0xDFFF;
    return *point < least[length] || *point > 0x10FFFF || surrogate ? 0 : length;
}

/* C0 and C1 controls, ends of lines and paragraphs, and the marks that turn the direction of writing around. */
static bool is_harmful(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x2028 && point <= 0x202E) ||
           point == 0x061C || point == 0x200E || point == 0x200F ||
           (point >= 0x2066 && point <= 0x2069);
}

/* Of what nearly all texts are made of. */
static size_t plain_length(const char *text)
{
    const char *end = text;
    while (*end >= ' ' && *end < 0x7F)
        end++;
    return (size_t)(end - text);
}

char *screen_safe(struct arena *arena, const char *text, bool one_line)
{
    struct str safe = str_new(arena);
    str_add(&safe, "");
    for (;;) {
        size_t plain = plain_length(text);
        str_add_bytes(&safe, text, plain);
        text += plain;
        if (*text == '\0')
            return safe.at;
        uint32_t point = 0;
        size_t length = decode((const unsigned char *)text, &point);
        bool blank = *text == '\n' || *text == '\t';
        if (blank)
            str_add_char(&safe, one_line ? ' ' : *text);
        else if (*text == '\r' && (text[1] == '\n' || text[1] == '\0'))
            ; /* the end of a line as Windows writes it */
        else if (length > 0 && !is_harmful(point))
            str_add_bytes(&safe, text, length);
        else
            for (size_t i = 0; i < (length > 0 ? length : 1); i++)
                str_addf(&safe, "\\x%02x", (unsigned)(unsigned char)text[i]);
        text += length > 0 ? length : 1;
    }
}

/* The columns of the character at `text`, and its length in bytes. */
static size_t measure(const char *text, size_t *length)
{
    uint32_t point = 0;
    *length = decode((const unsigned char *)text, &point);
    if (*length == 0) {
        *length = 1;
        return 1;
    }
    int width = wcwidth((wchar_t)point);
    return point < 0x80 || width < 0 ? 1 : (size_t)width;
}

size_t screen_width(const char *text)
{
    size_t width = 0;
    for (size_t length; *text != '\0'; text += length)
        width += measure(text, &length);
    return width;
}

char *screen_cut(struct arena *arena, const char *text, size_t columns)
{
    if (screen_width(text) <= columns)
        return arena_strdup(arena, text);
    if (columns == 0)
        return arena_strdup(arena, "");
    bool unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    size_t width = 0;
    const char *end = text;
    for (size_t length; *end != '\0'; end += length) {
        width += measure(end, &length);
        if (width > columns - 1)
            break;
    }
    return arena_printf(arena, "%.*s%s", (int)(end - text), text, unicode ? "…" : "~");
}

size_t screen_columns(int stream)
{
    struct winsize size;
    if (ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

bool screen_is_terminal(int stream)
{
    const char *term = getenv("TERM");
    return isatty(stream) && term != NULL && *term != '\0' && strcmp(term, "dumb") != 0;
}

/* The column at which the text of `str` ends. */
static size_t end_column(const struct str *str)
{
    const char *line = str->length > 0 ? strrchr(str->at, '\n') : NULL;
    return str->length == 0 ? 0 : screen_width(line != NULL ? line + 1 : str->at);
}

static void break_line(struct str *str, size_t indent)
{
    while (str->length > 0 && str->at[str->length - 1] == ' ')
        str->at[--str->length] = '\0';
    str_addf(str, "\n%*s", (int)indent, "");
}

/* One line of the text, whose length is given. */
static void wrap_line(struct str *str, const char *text, size_t length, size_t indent, size_t columns)
{
    size_t column = end_column(str);
    bool first = true;
    if (str_starts(text, "  ")) {
        str_add_bytes(str, text, length);
        return;
    }
    for (const char *end = text + length; text < end;) {
        size_t word = strcspn(text, " \n");
        char *copy = arena_strndup(str->arena, text, word);
        size_t width = screen_width(copy);
        if (!first && column + 1 + width > columns) {
            break_line(str, indent);
            column = indent;
            first = true;
        }
        str_addf(str, "%s%s", first ? "" : " ", copy);
        column += width + (first ? 0 : 1);
        first = false;
        text += word;
        text += strspn(text, " ");
    }
}

void screen_wrap(struct str *str, const char *text, size_t indent, size_t columns)
{
    for (;;) {
        size_t length = strcspn(text, "\n");
        wrap_line(str, text, length, indent, columns);
        if (text[length] == '\0')
            return;
        break_line(str, indent);
        text += length + 1;
    }
}
