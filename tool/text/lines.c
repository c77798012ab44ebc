#include "text/lines.h"

#include <string.h>

struct lines lines_new(struct arena *arena, const char *text, size_t length)
{
    return (struct lines){.arena = arena, .text = text, .length = length};
}

static void find_starts(struct lines *lines)
{
    const char *at = lines->text, *end = lines->text + lines->length;
    if (lines->starts.count > 0)
        return;
    *vec_add(lines->arena, &lines->starts) = 0;
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL)
        *vec_add(lines->arena, &lines->starts) = (size_t)(++at - lines->text);
}

/* The number, from 0, of the last line that begins at or before the offset. */
static size_t line_of(const struct lines *lines, size_t offset)
{
    size_t low = 0, high = lines->starts.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (lines->starts.at[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void lines_find(struct lines *lines, size_t offset, int *line, int *column)
{
    if (offset > lines->length)
        offset = lines->length;
    find_starts(lines);
    size_t number = line_of(lines, offset);
    *line = (int)number + 1;
    *column = 1;
    for (size_t i = lines->starts.at[number]; i < offset; i++)
        if (((unsigned char)lines->text[i] & 0xC0) != 0x80)
            ++*column;
}

char *lines_text(struct arena *arena, struct lines *lines, int line)
{
    find_starts(lines);
    size_t number = (size_t)line - 1, start = lines->starts.at[number];
    size_t end = number + 1 < lines->starts.count ? lines->starts.at[number + 1] - 1 : lines->length;
    if (end > start && lines->text[end - 1] == '\r')
        end--;
    return arena_strndup(arena, lines->text + start, end - start);
}
