/*
 * git, asked about the repository that a directory lies in.
 *
 * Nothing is changed, not even the index's times.  What a hook has in its environment (GIT_DIR, GIT_INDEX_FILE …) is
 * respected: the working directory is then where git put the hook.  Answers do not depend on the user's git
 * configuration, but for what decides which bytes a file has (line ends, filters): there git's word counts.
 */
#ifndef BASE_GIT_H
#define BASE_GIT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/proc.h"
#include "base/vec.h"

#include <stdbool.h>

struct git {
    struct arena *arena;
    const char *directory;   /* where git is started; absolute, so that the working directory may change */
    const char *top;         /* the working tree, absolute and without symlinks */
    const char *view;        /* where its files are looked at: `top`, or a copy */
};

struct git_change {
    char kind;               /* 'A' added, 'M' edited, 'D' gone, 'R' renamed, 'C' copied, 'T' no longer a file */
    bool mode;               /* its mode is another one */
    const char *old_id, *id; /* of the contents; an id of zeros: what lies in the working tree */
    const char *old_path;    /* from the top, as is `path`; the same where it was not renamed */
    const char *path;
};
VEC(git_changes, struct git_change);

/* Errors: ERR_INPUT when `directory` is in no repository with a working tree, with what git says, or git is not there. */
int git_open(struct arena *arena, const char *directory, struct git *git, struct err *err);

/* Runs git with these arguments (NULL-terminated).  Errors: ERR_INPUT with git's own words. */
int git_ask(const struct git *git, const char *const arguments[], struct proc_text *output, struct err *err);

/* The same with an input, in `streams`. */
int git_feed(const struct git *git, const char *const arguments[], struct proc_streams *streams, struct err *err);

/*
 * The commit that `ref` and the present one have in common; `ref` itself where they have none, or the history that
 * would show it is not here (*shared is false then).  Errors: ERR_USAGE when git knows no such commit.
 */
int git_common(const struct git *git, const char *ref, const char **commit, bool *shared, struct err *err);

/* A path of the view, as git has it: from the top; "" for the top itself.  Errors: ERR_INPUT when it lies elsewhere. */
int git_path(const struct git *git, const char *path, const char **inside, struct err *err);

/* A path from the top, in the view. */
const char *git_view(const struct git *git, const char *inside);

/*
 * What changed below a path (from the top) from a commit (NULL: the present one) to the working tree, or with `staged` to
 * the index.  Untracked files are no changes.  Without `renames` a file with a new name is gone, and another one new.
 */
int git_changes_find(const struct git *git, const char *commit, bool staged, bool renames, const char *path,
                     struct git_changes *changes, struct err *err);

/* Contents by id, in that order, in one process. */
VEC(git_texts, struct proc_text);
int git_contents(const struct git *git, const struct strings *ids, struct git_texts *texts, struct err *err);

/* Names from the top, or ids: the NUL-terminated words of an answer. */
struct strings git_words(struct arena *arena, const struct proc_text *output);

/* Is it an id of zeros? */
bool git_is_no_id(const char *id);

#endif
