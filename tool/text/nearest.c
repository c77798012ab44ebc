#include "text/nearest.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 64 }; /* words of more bytes than this are nobody's slip of the finger */

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

static bool same(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Edit distance where swapped neighbours count once; three rows of the usual matrix are enough for that. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        last[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = smallest(last[j] + 1, row[j - 1] + 1, last[j - 1] + !same(a[i - 1], b[j - 1]));
            bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
            if (swapped && before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        size_t *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[b_length];
}

const char *nearest_find(const char *word, const struct strings *known)
{
    const char *nearest = NULL;
    size_t least = LONGEST, length = strlen(word);
    if (length > LONGEST)
        return NULL;
    vec_each(at, known) {
        size_t other = strlen(*at);
        if (other > LONGEST)
            continue;
        size_t allowed = (length > other ? length : other) / 3;
        size_t found = distance(word, length, *at, other);
        if (found < least && found <= (allowed == 0 ? 1 : allowed)) {
            least = found;
            nearest = *at;
        }
    }
    return nearest;
}

char *words_join(struct arena *arena, const struct strings *words)
{
    struct str str = str_new(arena);
    if (words->count == 0)
        str_add(&str, "none");
    for (size_t i = 0; i < words->count; i++) {
        if (i != 0)
            str_add(&str, i + 1 == words->count ? " and " : ", ");
        str_add(&str, words->at[i]);
    }
    return str.at;
}
