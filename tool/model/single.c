#include "base/str.h"
#include "model/single.h"

#include <string.h>
#include <strings.h>

struct line {
    const char *at;
    size_t length; /* without its end */
    size_t next;   /* offset of the next line */
    int number;
};

enum marker { MARKER_NONE, MARKER_UP, MARKER_DOWN, MARKER_UNKNOWN };

static const char marker_sign[] = "+++++";

static bool next_line(const char *content, size_t length, struct line *line)
{
    size_t start = line->next;
    if (start >= length)
        return false;
    const char *end = memchr(content + start, '\n', length - start);
    size_t stop = end == NULL ? length : (size_t)(end - content);
    *line = (struct line){content + start, stop - start, end == NULL ? length : stop + 1, line->number + 1};
    return true;
}

static bool span_is_word(struct span span, const char *word)
{
    return span.length == strlen(word) && strncasecmp(span.at, word, span.length) == 0;
}

static enum marker line_marker(const struct line *line)
{
    struct span rest = {line->at, line->length};
    size_t sign = strlen(marker_sign);
    if (rest.length < 2 || memcmp(rest.at, "--", 2) != 0)
        return MARKER_NONE;
    rest = span_trim((struct span){rest.at + 2, rest.length - 2});
    if (rest.length < sign || memcmp(rest.at, marker_sign, sign) != 0)
        return MARKER_NONE;
    if (rest.length > sign && rest.at[sign] == '+')
        return MARKER_NONE; /* a ruler made of plus signs */
    rest = span_trim((struct span){rest.at + sign, rest.length - sign});
    if (span_is_word(rest, "up"))
        return MARKER_UP;
    return span_is_word(rest, "down") ? MARKER_DOWN : MARKER_UNKNOWN;
}

static void read_header(const struct line *line, struct single *single)
{
    static const char key[] = "Description:";
    struct span rest = {line->at, line->length};
    if (rest.length < 2 || memcmp(rest.at, "--", 2) != 0)
        return;
    rest = span_trim((struct span){rest.at + 2, rest.length - 2});
    size_t length = strlen(key);
    if (single->description.length == 0 && rest.length > length && strncasecmp(rest.at, key, length) == 0)
        single->description = span_trim((struct span){rest.at + length, rest.length - length});
}

/* Reads on over white space and comments of one line; true when SQL begins there.  *depth is that of block comments. */
static bool line_has_sql(const struct line *line, int *depth)
{
    for (size_t i = 0; i < line->length; i++) {
        bool pair = i + 1 < line->length;
        if (pair && line->at[i] == '/' && line->at[i + 1] == '*')
            ++*depth, i++;
        else if (pair && *depth > 0 && line->at[i] == '*' && line->at[i + 1] == '/')
            --*depth, i++;
        else if (*depth > 0 || str_is_blank(line->at[i]))
            continue;
        else
            return !(pair && line->at[i] == '-' && line->at[i + 1] == '-');
    }
    return false;
}

static int begin_part(const char *path, const struct line *line, struct single_part *part, const char *word,
                      struct err *err)
{
    if (part->found) {
        err_set(err, ERR_INPUT, "the marker -- +++++ %s is there twice, first in line %d", word, part->marker_line);
        err_hint(err, "keep one, and put all SQL of that direction behind it");
        return err_at(err, path, line->number, 1);
    }
    *part = (struct single_part){true, line->number, line->next, 0, line->number + 1};
    return 0;
}

static int unknown_marker(const char *path, const struct line *line, struct err *err)
{
    int shown = line->length > 60 ? 60 : (int)span_trim((struct span){line->at, line->length}).length;
    err_set(err, ERR_INPUT, "unknown marker \"%.*s\"", shown, line->at);
    err_hint(err, "a marker is -- +++++ UP or -- +++++ DOWN");
    return err_at(err, path, line->number, 1);
}

static int early_sql(const char *path, int number, struct err *err)
{
    err_set(err, ERR_INPUT, "SQL before the first marker belongs to no direction");
    err_hint(err, "move the line -- +++++ UP above it");
    return err_at(err, path, number, 1);
}

static int check_both(const char *path, const struct single *single, struct err *err)
{
    static const char *const words[] = {[DIRECTION_UP] = "UP", [DIRECTION_DOWN] = "DOWN"};
    for (int direction = DIRECTION_UP; direction <= DIRECTION_DOWN; direction++) {
        if (single->parts[direction].found)
            continue;
        err_set(err, ERR_INPUT, "the marker for %s is missing", words[direction]);
        err_hint(err, "add the line -- +++++ %s", words[direction]);
        return err_at(err, path, single->parts[DIRECTION_DOWN - direction].marker_line, 1);
    }
    return 0;
}

/* Reading the lines of one file: what was met first of what is wrong. */
struct lines {
    const char *path;
    struct single *single;
    struct single_part *open; /* the part that the lines belong to; NULL before the first marker */
    int depth;                /* of block comments before it */
    int sql_line;             /* the first line of SQL before it; 0: none */
};

static int read_line(struct lines *lines, const struct line *line, const char *content, struct err *err)
{
    enum marker marker = line_marker(line);
    if (marker == MARKER_UNKNOWN)
        return unknown_marker(lines->path, line, err);
    if (marker == MARKER_NONE && lines->open == NULL) {
        read_header(line, lines->single);
        if (line_has_sql(line, &lines->depth) && lines->sql_line == 0)
            lines->sql_line = line->number;
    }
    if (marker == MARKER_NONE)
        return 0;
    if (lines->open != NULL)
        lines->open->length = (size_t)(line->at - content) - lines->open->offset;
    lines->open = &lines->single->parts[marker == MARKER_UP ? DIRECTION_UP : DIRECTION_DOWN];
    return begin_part(lines->path, line, lines->open, marker == MARKER_UP ? "UP" : "DOWN", err);
}

static int byte_order_mark(const char *path, struct err *err)
{
    err_set(err, ERR_INPUT, "the file begins with a byte order mark");
    err_hint(err, "save it as UTF-8 without one");
    return err_at(err, path, 1, 1);
}

int single_read(const char *path, const char *content, size_t length, struct single *single, struct err *err)
{
    *single = (struct single){0};
    struct lines lines = {.path = path, .single = single};
    struct line line = {0};
    while (next_line(content, length, &line))
        if (read_line(&lines, &line, content, err) != 0)
            return -1;
    if (lines.open == NULL)
        return 0;
    lines.open->length = length - lines.open->offset;
    single->marked = true;
    if (length >= 3 && memcmp(content, "\xEF\xBB\xBF", 3) == 0)
        return byte_order_mark(path, err);
    return lines.sql_line != 0 ? early_sql(path, lines.sql_line, err) : check_both(path, single, err);
}
