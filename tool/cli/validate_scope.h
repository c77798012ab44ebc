/* What `skein validate` looks at besides the files themselves: git's index, another branch, the database. */
#ifndef CLI_VALIDATE_SCOPE_H
#define CLI_VALIDATE_SCOPE_H

#include "cli/findings_view.h"
#include "review/review.h"
#include "review/staged.h"
#include "review/subject.h"

struct scope {
    bool by_index;          /* --staged */
    struct staged staged;
    struct table_sizes sizes;   /* with --connected */
};

/*
 * Before the catalog is read; with --staged the working directory may be another one until scope_close.
 * Errors: ERR_USAGE for options that do not go together, and those of staged_open.
 */
int scope_open(struct run *run, struct scope *scope, struct findings_report *report, struct err *err);

/* Is there nothing to look at, since nothing is staged that skein reads? */
bool scope_is_empty(const struct scope *scope);

/*
 * Tells a review which files are judged.  With --connected it gets the sizes of tables, and what else the database says
 * is added to the findings.  Errors: those of connected_look.
 */
int scope_prepare(struct run *run, struct scope *scope, struct review *review, struct err *err);

/* Adds what another branch says about the catalog.  Errors: those of check_base. */
int scope_check(struct run *run, const struct scope *scope, struct findings_report *report, struct err *err);

/* Is this finding about what is looked at? */
bool scope_concerns(const struct scope *scope, const struct finding *finding);

void scope_close(struct scope *scope);

#endif
