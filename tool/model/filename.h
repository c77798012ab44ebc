/*
 * The grammar of migration file names: golang-migrate's, to the letter, and the single file's.
 *
 * A half is what golang-migrate takes for one: `^([0-9]+)_(.*)\.(down|up)\.(.*)$` on the base name, greedy, `.`
 * matching anything but a newline, the extension unchecked.
 */
#ifndef MODEL_FILENAME_H
#define MODEL_FILENAME_H

#include "base/str.h"
#include "model/migration.h"

enum filename_kind {
    FILENAME_OTHER,     /* nothing of ours */
    FILENAME_HALF,      /* 000001_name.up.sql */
    FILENAME_SINGLE,    /* 000001_name.sql: a migration when it holds markers */
    FILENAME_NEAR_MISS  /* looks meant as a migration but is none; `why` says what is wrong */
};

struct filename {
    enum filename_kind kind;
    struct span digits, name;
    uint64_t version;
    bool too_large;           /* the version is above 2^63-1 and not held in `version` */
    bool backup;              /* looks like an editor's or a tool's copy: "4_x.up.sql.bak" */
    enum direction direction; /* of a half */
    const char *why;          /* of a near miss: what it should be */
};

/* Takes a base name apart; the spans point into it. */
struct filename filename_read(const char *base);

/*
 * A version as people refer to it: "000002", "2" or "000002_name"; *name is NULL or points into text.
 * False when it is none of these.
 */
bool filename_reference(const char *text, uint64_t *version, const char **name);

#endif
