/*
 * Findings as text for people, and in the forms that other programs read: JSON, SARIF 2.1.0, GitHub's annotations,
 * GitLab's code quality report, TAP.  A new form is a row of the table in findings_view.c.
 */
#ifndef CLI_FINDINGS_VIEW_H
#define CLI_FINDINGS_VIEW_H

#include "cli/command.h"
#include "review/rule.h"

/* What is printed: the findings that concern the run, in order, and what was looked at. */
struct findings_report {
    const struct run *run;
    struct findings findings;
    struct strings files;      /* that were looked at */
    const char *looked_at;     /* "3 services, 13 migrations" */
    size_t counts[3];          /* by severity */
    const struct rule_set *rules; /* that were in force; NULL: none */
    const struct derived *derived; /* knows the risks; NULL: single files */
};

struct findings_format {
    const char *name;
    void (*print)(const struct findings_report *report);
    bool fingerprints;         /* it prints them: findings_fingerprint comes first */
};

/* By name; NULL is ERR_USAGE with the names there are. */
const struct findings_format *findings_format_get(struct arena *arena, const char *name, struct err *err);

/*
 * Gives each its fingerprint: SHA-256 in hex over rule, file, message and the words of its statement (else of its
 * line).  It stays the same when lines move or are reformatted, so that a finding that was seen before is known again;
 * of several that are alike each has its own, by their order.
 */
void findings_fingerprint(struct arena *arena, struct findings *findings);

/* Forms that are one JSON document (findings_json.c). */
void findings_print_json(const struct findings_report *report);
void findings_print_sarif(const struct findings_report *report);
void findings_print_gitlab(const struct findings_report *report);

#endif
