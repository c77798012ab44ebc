/*
 * The migration files of one service, gathered from its directories; merge.h makes migrations of them.
 *
 * Files are named by paths that work from the working directory and are shown as they are.  Nothing but the
 * markers of single files is read.
 */
#ifndef MODEL_SOURCE_H
#define MODEL_SOURCE_H

#include "model/catalog.h"
#include "model/filename.h"
#include "model/report.h"

/* One half, as a file brought it. */
struct part {
    struct half half;
    struct filename file;        /* its spans point into the scratch arena */
    const char *description;     /* of a single file's header; NULL: none */
    const char *environment;     /* NULL: base */
    const struct place *listed;  /* the entry of environments.json that names it; NULL: none */
};
VEC(parts, struct part);

struct source {
    struct arena *arena;         /* of the catalog */
    struct arena *scratch;       /* lives until the merge */
    const struct report *report;
    bool plain;                  /* with --migrations: files without markers are none of ours, as for golang-migrate */
    long long limit;             /* of a file, in bytes */
    struct parts parts;
    size_t suggested;            /* names looked for to suggest what a missing file may be */
};

/* All migration files that lie in a directory, not below it.  What is wrong becomes a finding. */
void source_add_directory(struct source *source, const char *directory, const char *environment);

/* One file by its name there, and the other half beside it.  `listed` is where it is named. */
void source_add_file(struct source *source, const char *directory, const char *base, const char *environment,
                     const struct place *listed);

#endif
