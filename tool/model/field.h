/* JSON objects with known members, read by table into a struct. */
#ifndef MODEL_FIELD_H
#define MODEL_FIELD_H

#include "model/report.h"
#include "text/node.h"

enum field_type {
    FIELD_OTHER,   /* known; the caller reads it */
    FIELD_TEXT,    /* const char * */
    FIELD_FLAG,    /* int: 0 or 1 */
    FIELD_NUMBER,  /* long, not negative */
    FIELD_TEXTS    /* struct strings: a list of texts */
};

struct field {
    const char *key;
    enum field_type type;
    size_t offset;                    /* in the struct */
    const char *const *words;         /* of a text: the allowed ones, NULL-terminated; NULL: any */
};

/*
 * Fills `target` from a map; what is absent or null stays as it is.  Texts are copied into the report's arena.
 * A wrong type or word is an error, an unknown key a warning with the nearest known one; `what` names the
 * object in these sentences ("environment development").
 */
void field_read_all(const struct report *report, const struct node *map, const char *what,
                    const struct field *fields, size_t count, void *target);

/* Reports "what: expected X, found Y" at the value's place. */
void field_wrong_type(const struct report *report, const struct node *node, const char *expected);

/* " (did you mean x?)" in words for a hint, or NULL when nothing is near. */
const char *field_nearest(const struct report *report, const char *word, const struct strings *known);

/* A place whose file name outlives the document. */
struct place field_place(const struct report *report, struct place place);

#endif
