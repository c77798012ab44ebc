/* A text of SQL that is being judged, and what is known of its run. */
#ifndef REVIEW_SUBJECT_H
#define REVIEW_SUBJECT_H

#include "model/config.h"
#include "model/migration.h"
#include "sql/action.h"
#include "text/lines.h"

/* Sizes of tables as the database tells them. */
struct table_size {
    struct object_name name;
    long long rows, bytes;        /* estimates of pg_class; -1: unknown */
};
VEC(table_sizes, struct table_size);

struct subject {
    const char *path;             /* for places */
    int first_line;               /* of the text in its file */
    const char *text;
    size_t length;
    struct lines *lines;          /* of the text */
    const struct config *config;  /* environment, server version, timeouts */
    const char *service;          /* NULL: none */
    const struct migration *migration; /* NULL: a text of no service */
    enum direction direction;
    bool run_transaction;         /* skein runs the whole of it in one transaction */
    bool assumed_transaction;     /* --in-transaction yes: somebody else does */
    size_t statements;            /* in the text, without BEGIN and COMMIT */
    const struct actions *actions; /* all of them */
    bool adds_labels;             /* ALTER TYPE … ADD VALUE is among them */
    const struct table_sizes *sizes; /* NULL: not connected */
};

/*
 * Adds a finding at a byte offset of the text, with the text of its line.  Copies what outlives the subject; `rule`
 * and `why` must outlive the findings.  `why` and `hint` may be NULL.
 */
void subject_report(struct arena *arena, const struct subject *subject, struct findings *findings,
                    enum severity severity, const char *rule, size_t offset, const char *why, const char *hint,
                    const char *format, ...) __attribute__((format(printf, 9, 10)));

#endif
