#include "write/page.h"

#include "base/str.h"
#include "base/vec.h"

#include <string.h>

static const char begins[] = "<!-- skein:begin ", ends[] = "<!-- skein:end ", closes[] = " -->";

/* A block, or text that is none (name NULL); with the markers' lines. */
struct piece {
    const char *name;
    struct span text;
    int line;
};
VEC(pieces, struct piece);

/* A line without what ends it; *next is where the next one begins. */
static struct span line_at(const char *at, const char **next)
{
    size_t length = strcspn(at, "\n");
    *next = at + length + (at[length] == '\n');
    while (length > 0 && strchr(" \t\r", at[length - 1]) != NULL)
        length--;
    return (struct span){at, length};
}

/* The name in a marker's line; NULL: it is none. */
static const char *marker(struct arena *arena, struct span line, const char *opening)
{
    size_t lead = strlen(opening), tail = strlen(closes);
    if (line.length <= lead + tail || memcmp(line.at, opening, lead) != 0 ||
        memcmp(line.at + line.length - tail, closes, tail) != 0)
        return NULL;
    return arena_strndup(arena, line.at + lead, line.length - lead - tail);
}

static void close_piece(struct arena *arena, struct pieces *pieces, const char *name, const char *from, const char *to,
                        int line)
{
    if (to > from)
        *vec_add(arena, pieces) = (struct piece){name, {from, (size_t)(to - from)}, line};
}

/* False: a marker without counterpart, in the line *line. */
static bool read_pieces(struct arena *arena, const char *text, struct pieces *pieces, int *line)
{
    const char *from = text, *name = NULL, *next;
    int number = 1, opened = 0;
    for (const char *at = text; *at != '\0'; at = next, number++) {
        struct span here = line_at(at, &next);
        const char *begin = marker(arena, here, begins), *end = marker(arena, here, ends);
        *line = name != NULL && begin != NULL ? opened : number;
        if ((begin != NULL && name != NULL) || (end != NULL && !str_same(end, name)))
            return false;
        if (begin != NULL) {
            close_piece(arena, pieces, NULL, from, at, number);
            name = begin;
            from = at;
            opened = number;
        } else if (end != NULL) {
            close_piece(arena, pieces, name, from, next, opened);
            name = NULL;
            from = next;
        }
    }
    *line = opened;
    close_piece(arena, pieces, NULL, from, from + strlen(from), number);
    return name == NULL;
}

static const struct piece *find(const struct pieces *pieces, const char *name)
{
    vec_each(piece, pieces)
        if (piece->name != NULL && strcmp(piece->name, name) == 0)
            return piece;
    return NULL;
}

bool page_is_generated(const char *text)
{
    size_t length = strlen(begins);
    for (const char *at = strstr(text, begins); at != NULL; at = strstr(at + length, begins))
        if (at == text || at[-1] == '\n')
            return true;
    return false;
}

static bool is_blank(struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (strchr(" \t\r\n", text.at[i]) == NULL)
            return false;
    return true;
}

bool page_is_untouched(const char *text)
{
    struct arena scratch = {0};
    struct pieces pieces = {0};
    int line;
    bool untouched = read_pieces(&scratch, text, &pieces, &line);
    vec_each(piece, &pieces)
        untouched &= piece->name != NULL || is_blank(piece->text);
    arena_release(&scratch);
    return untouched;
}

/* --- merging */

static void add_piece(struct str *out, const struct piece *piece)
{
    if (out->length > 0 && out->at[out->length - 1] != '\n')
        str_add_char(out, '\n');
    str_add_bytes(out, piece->text.at, piece->text.length);
}

/* Blocks that are new, from this one on up to the next one that is not. */
static void add_new(struct str *out, const struct pieces *fresh, size_t from, const struct pieces *old)
{
    for (size_t i = from; i < fresh->count; i++) {
        const struct piece *piece = &fresh->at[i];
        if (piece->name == NULL)
            continue;
        if (find(old, piece->name) != NULL)
            return;
        if (out->length > 0)
            str_add(out, "\n");
        add_piece(out, piece);
        if (from == 0)
            str_add(out, "\n");
    }
}

static const char *without_returns(struct arena *arena, const char *text)
{
    struct str out = str_new(arena);
    for (const char *at = text; *at != '\0'; at++)
        if (at[0] != '\r' || at[1] != '\n')
            str_add_char(&out, *at);
    return out.at;
}

static const char *with_returns(struct arena *arena, const char *text)
{
    struct str out = str_new(arena);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\n')
            str_add_char(&out, '\r');
        str_add_char(&out, *at);
    }
    return out.at;
}

static bool has_returns(const char *text)
{
    const char *end = strchr(text, '\n');
    return end != NULL && end > text && end[-1] == '\r';
}

static const char *merge(struct arena *arena, const struct pieces *old, const struct pieces *fresh, const char *kept)
{
    struct str out = str_new(arena);
    bool begun = false;
    vec_each(piece, old) {
        const struct piece *instead = piece->name == NULL ? piece : find(fresh, piece->name);
        if (piece->name != NULL && !begun) {
            add_new(&out, fresh, 0, old);
            begun = true;
        }
        if (instead == NULL && str_same(piece->name, kept))
            instead = piece;
        if (instead == NULL || (piece->name != NULL && find(old, piece->name) != piece))
            continue; /* no longer generated; or twice, as a merge of branches may leave it */
        add_piece(&out, instead);
        if (piece->name != NULL && instead != piece)
            add_new(&out, fresh, (size_t)(instead - fresh->at) + 1, old);
    }
    return out.at;
}

static int read_old(struct arena *arena, const char *path, const char *text, struct pieces *pieces, struct err *err)
{
    int line;
    if (read_pieces(arena, text, pieces, &line))
        return 0;
    err_set(err, ERR_INPUT, "a marker of a generated block has no counterpart");
    err->place = (struct place){path, line, 1};
    return err_hint(err, "each `%sNAME%s` needs its `%sNAME%s`, and none stands in another", begins, closes, ends, closes);
}

int page_merge(struct arena *arena, const char *path, const char *old, const char *fresh, const char *kept,
               const char **merged, struct err *err)
{
    struct pieces pieces = {0}, blocks = {0};
    int line;
    *merged = fresh;
    if (old == NULL)
        return 0;
    bool returns = has_returns(old);
    if (read_old(arena, path, returns ? without_returns(arena, old) : old, &pieces, err) != 0)
        return -1;
    if (!read_pieces(arena, fresh, &blocks, &line)) {
        err_set(err, ERR_INPUT, "the template of %s writes a marker that has no counterpart", path);
        return -1;
    }
    *merged = merge(arena, &pieces, &blocks, kept);
    if (returns)
        *merged = with_returns(arena, *merged);
    return 0;
}

int page_strip(struct arena *arena, const char *path, const char *text, const char **rest, struct err *err)
{
    struct pieces pieces = {0};
    struct str out = str_new(arena);
    if (read_old(arena, path, text, &pieces, err) != 0)
        return -1;
    vec_each(piece, &pieces)
        if (piece->name == NULL && !is_blank(piece->text))
            add_piece(&out, piece);
    *rest = out.at == NULL ? "" : out.at;
    return 0;
}
