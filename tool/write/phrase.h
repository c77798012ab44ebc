/*
 * Sentences about SQL: words of ours, and names, types and expressions of the SQL's author between them, which a page
 * shows as code.
 *
 * They are made from patterns: "Adds the column {column}[ with the default {default}] to {table}."  A value in braces
 * is asked for; what stands in brackets is left out when one of its own values has nothing to say.
 */
#ifndef WRITE_PHRASE_H
#define WRITE_PHRASE_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>

struct phrase_part {
    char *text;                  /* a copy of its own */
    bool code;
};
VEC(phrase_parts, struct phrase_part);

struct phrase {
    struct phrase_parts parts;
    struct phrase *details;      /* one line each below it: the columns of a table … */
    size_t detail_count, detail_room;
    int line;                    /* of the statement in its file; 0: none */
    int weight;                  /* the heaviest sentence says what the whole is about */
};
VEC(phrases, struct phrase);

/* Adds to the parts what `name` stands for; false when there is nothing. */
typedef bool phrase_value(void *context, const char *name, struct arena *arena, struct phrase_parts *parts);

/* Texts are copied. */
void phrase_say(struct arena *arena, struct phrase_parts *parts, const char *text);
void phrase_code(struct arena *arena, struct phrase_parts *parts, const char *text);
void phrase_format(struct arena *arena, struct phrase_parts *parts, const char *pattern, phrase_value *value,
                   void *context);

/* Takes the point from the end, so that more can be said. */
void phrase_open_end(struct phrase_parts *parts);

/* Takes the point from the end where a text stands before it that has its own. */
void phrase_one_end(struct phrase_parts *parts);

/* Puts words before all others. */
void phrase_say_first(struct arena *arena, struct phrase_parts *parts, const char *text);

/* "{name} drops …" of "Drops …." */
void phrase_say_of(struct arena *arena, struct phrase_parts *parts, const char *name);

struct phrase *phrase_add_detail(struct arena *arena, struct phrase *phrase);

/* All of it as one text. */
const char *phrase_text(struct arena *arena, const struct phrase_parts *parts);

#endif
