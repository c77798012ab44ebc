#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/regex.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

/* PCRE2 fails to compile a constant only without memory. */
static void require(bool ok)
{
    if (ok)
        return;
    fputs("skein: out of memory\n", stderr);
    exit(70);
}

/* Before it matches, PCRE2 checks the whole subject; a pattern that matches at once leaves only that check. */
bool regex_is_utf8(const char *text, size_t length, size_t *bad_at)
{
    static pcre2_code *anything;
    static pcre2_match_data *match;
    if (anything == NULL) {
        int code = 0;
        PCRE2_SIZE offset = 0;
        anything = pcre2_compile((PCRE2_SPTR)"", 0, PCRE2_UTF | PCRE2_ANCHORED, &code, &offset, NULL);
        require(anything != NULL);
        match = pcre2_match_data_create(1, NULL);
        require(match != NULL);
    }
    int result = pcre2_match(anything, (PCRE2_SPTR)(text == NULL ? "" : text), length, 0, 0, match, NULL);
    if (result >= 0)
        return true;
    *bad_at = pcre2_get_startchar(match);
    return false;
}
