/*
 * Giving migrations other versions: which ones have to move after a merge, and what names them by number.
 *
 * Values only: whoever asks lists the files, says which are on the base, and writes what comes out.
 */
#ifndef WRITE_RENUMBER_H
#define WRITE_RENUMBER_H

#include "model/filename.h"

/* A migration as its files show it. */
struct renumber_group {
    uint64_t version;
    const char *digits, *name;
    const char *directory;      /* in which its files are */
    bool top;                   /* that is the service's own directory, not an environment's */
    struct strings files;       /* base names */
    bool on_base;               /* git knows it on the branch that others have, too */
    const char *new_digits;     /* NULL: it stays */
};
VEC(renumber_groups, struct renumber_group);

/* The migrations of a directory, and of those below it; in the order of their versions. */
int renumber_list(struct arena *arena, const char *directory, struct renumber_groups *groups, struct err *err);

/* May both be in force at once, so that they cannot share a version? */
bool renumber_meet(const struct renumber_group *a, const struct renumber_group *b);

/*
 * Must it move?  It is not on the base, and a migration that it meets has its version, or is on the base with a
 * later one.
 */
bool renumber_must_move(const struct renumber_groups *groups, const struct renumber_group *group);

/* Is there another migration with its version that stays? */
bool renumber_is_shared(const struct renumber_groups *groups, const struct renumber_group *group);

/* Does it keep the number that one which moves has had? */
bool renumber_is_displacer(const struct renumber_groups *groups, const struct renumber_group *group);

/* Are there two of one version that may be in force at once? */
bool renumber_has_twins(const struct renumber_groups *groups);

/*
 * The text of a dependencies.json after the moves; the same text where nothing changes.  `service` is the one whose
 * migrations move, `own` says whether the file is that service's.  What stands in `base`, the same file on the base
 * (NULL: none), means the migrations that stay.  *left is set where an entry stays with another migration.
 * Errors: ERR_INPUT when the file cannot be read.
 */
int renumber_dependencies(struct arena *arena, const char *path, const char *text, const char *base,
                          const char *service, bool own, const struct renumber_groups *groups, const char **edited,
                          bool *left, struct err *err);

/*
 * The text with the entries of what has moved that it lacks, from `moved`, a text in which they have their new numbers.
 * Errors: as those of renumber_dependencies.
 */
int renumber_entries(struct arena *arena, const char *path, const char *text, const char *moved,
                     const struct renumber_groups *groups, const char **edited, struct err *err);

/*
 * The text with the ends of releases that `theirs` has under the same name: what the base has released stays.  *taken gets
 * the names where that is another end.  Errors: as those of renumber_dependencies.
 */
int renumber_releases(struct arena *arena, const char *path, const char *text, const char *theirs, const char **edited,
                      struct strings *taken, struct err *err);

/* The same of environments.json: files that it lists. */
int renumber_environments(struct arena *arena, const char *path, const char *text, const struct renumber_groups *groups,
                          const char **edited, struct err *err);

/* A text in which a number stands for another, where it stands alone: in a page. */
char *renumber_text(struct arena *arena, const char *text, const char *digits, const char *new_digits);

#endif
