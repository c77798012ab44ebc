#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/regex.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A pattern that needs more than this on one statement goes through it in other ways than by reading it. */
enum { MOST_STEPS = 200000, MOST_MEMORY_KB = 8 << 10, LONGEST_PATTERN = 16 << 10 };

struct regex {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    struct strings names;
    const char *text;      /* of the last match */
};

/* PCRE2 fails to compile a constant only without memory. */
static void require(bool ok)
{
    if (ok)
        return;
    fputs("skein: out of memory\n", stderr);
    exit(70);
}

static bool is_ascii(const char *text, size_t length)
{
    unsigned char all = 0;
    for (size_t i = 0; i < length; i++)
        all |= (unsigned char)text[i];
    return all < 0x80;
}

/* Before it matches, PCRE2 checks the whole subject; a pattern that matches at once leaves only that check. */
bool regex_is_utf8(const char *text, size_t length, size_t *bad_at)
{
    static pcre2_code *anything;
    static pcre2_match_data *match;
    if (is_ascii(text, length))
        return true;
    if (anything == NULL) {
        int code = 0;
        PCRE2_SIZE offset = 0;
        anything = pcre2_compile((PCRE2_SPTR)"", 0, PCRE2_UTF | PCRE2_ANCHORED, &code, &offset, NULL);
        require(anything != NULL);
        match = pcre2_match_data_create(1, NULL);
        require(match != NULL);
    }
    int result = pcre2_match(anything, (PCRE2_SPTR)text, length, 0, 0, match, NULL);
    if (result >= 0)
        return true;
    *bad_at = pcre2_get_startchar(match);
    return false;
}

/* All of PCRE2's memory is the arena's, and goes with it. */
static void *take(size_t size, void *arena)
{
    return arena_alloc(arena, size);
}

static void give_back(void *memory, void *arena)
{
    (void)memory;
    (void)arena;
}

/* The table of names: two bytes of number, then the name, in entries of one size, sorted by name. */
static void read_names(struct arena *arena, struct regex *regex)
{
    uint32_t count = 0, size = 0;
    PCRE2_SPTR table = NULL;
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMETABLE, &table);
    for (uint32_t i = 0; i < count; i++)
        *vec_add(arena, &regex->names) = arena_strdup(arena, (const char *)table + (size_t)i * size + 2);
}

static void set_limits(struct regex *regex, pcre2_general_context *memory)
{
    regex->limits = pcre2_match_context_create(memory);
    require(regex->limits != NULL);
    pcre2_set_match_limit(regex->limits, MOST_STEPS);
    pcre2_set_depth_limit(regex->limits, MOST_STEPS);
    pcre2_set_heap_limit(regex->limits, MOST_MEMORY_KB);
}

struct regex *regex_open(struct arena *arena, const char *pattern, const char **why, size_t *at)
{
    pcre2_general_context *memory = pcre2_general_context_create(take, give_back, arena);
    require(memory != NULL);
    pcre2_compile_context *compile = pcre2_compile_context_create(memory);
    require(compile != NULL);
    pcre2_set_max_pattern_length(compile, LONGEST_PATTERN);
    struct regex *regex = arena_new(arena, struct regex);
    int code = 0;
    regex->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &code,
                                at, compile);
    if (regex->code == NULL) {
        char *text = arena_alloc(arena, 256);
        pcre2_get_error_message(code, (PCRE2_UCHAR *)text, 256);
        *why = text;
        return NULL;
    }
    pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE); /* without it, it is interpreted */
    regex->match = pcre2_match_data_create_from_pattern(regex->code, memory);
    require(regex->match != NULL);
    set_limits(regex, memory);
    read_names(arena, regex);
    return regex;
}

const struct strings *regex_names(const struct regex *regex)
{
    return &regex->names;
}

enum regex_outcome regex_match(struct regex *regex, const char *text, size_t length)
{
    int result = pcre2_match(regex->code, (PCRE2_SPTR)text, length, 0, PCRE2_NO_UTF_CHECK, regex->match, regex->limits);
    regex->text = text;
    return result >= 0 ? REGEX_MATCHES : result == PCRE2_ERROR_NOMATCH ? REGEX_DIFFERS : REGEX_LIMIT;
}

char *regex_group(struct arena *arena, const struct regex *regex, const char *name)
{
    int number = pcre2_substring_number_from_name(regex->code, (PCRE2_SPTR)name);
    if (number < 0 || (uint32_t)number >= pcre2_get_ovector_count(regex->match))
        return NULL;
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(regex->match) + 2 * (size_t)number;
    if (offsets[0] == PCRE2_UNSET)
        return NULL;
    return arena_strndup(arena, regex->text + offsets[0], offsets[1] - offsets[0]);
}
