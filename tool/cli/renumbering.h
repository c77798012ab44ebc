/* Renumbering on its way: what cmd_renumber.c and renumbering_*.c share. */
#ifndef CLI_RENUMBERING_H
#define CLI_RENUMBERING_H

#include "base/batch.h"
#include "base/git.h"
#include "cli/command.h"
#include "write/renumber.h"

/* The migrations of one service. */
struct renumbering {
    struct run *run;
    const struct service *service;
    const char *directory;             /* of migrations */
    struct git git;
    const char *ref;                   /* the base; NULL: no git, or no branch to compare with */
    const char *mine;                  /* a commit before the merge, as this branch had it; NULL: none is known */
    const char *ancestor;              /* what both have come from; NULL: none is known */
    struct renumber_groups groups;
    struct renumber_groups mine_groups; /* what only this branch has, from its numbers in `mine` to those to come */
    struct strings taken;              /* releases that the base has made as well */
    bool left;                         /* an entry of dependencies.json stays with another migration */
};
VEC(renumberings, struct renumbering);

/* renumbering_base.c: what git has.  The base is --base, or the branch that a clone usually has. */
int renumbering_find_base(struct renumbering *renumbering, struct err *err);

/* Says of each migration whether the base has it; and finds the commits before the merge, when the numbers are known. */
int renumbering_mark_base(struct renumbering *renumbering, struct err *err);
void renumbering_find_mine(struct renumbering *renumbering);

/* A file as a commit has it; NULL: no commit, or it has none. */
const char *renumbering_text_at(const struct renumbering *renumbering, const char *commit, const char *path);

/* renumbering_files.c: everything that names what moves, into the batch. */
int renumbering_collect(struct run *run, struct renumberings *all, struct batch *batch, struct err *err);

#endif
