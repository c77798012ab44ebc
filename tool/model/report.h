/* Findings about one service, in short calls: the readers of model/ report through this. */
#ifndef MODEL_REPORT_H
#define MODEL_REPORT_H

#include "model/finding.h"

struct report {
    struct arena *arena;       /* outlives the findings */
    struct findings *findings;
    const char *service;       /* NULL when it concerns the repository */
};

/* `hint` may be NULL.  An error's kind is ERR_INPUT; report_failure says another one. */
void report_error(const struct report *report, const char *rule, struct place place, const char *hint,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));
void report_failure(const struct report *report, const char *rule, enum err_kind kind, struct place place,
                    const char *hint, const char *format, ...) __attribute__((format(printf, 6, 7)));
void report_warning(const struct report *report, const char *rule, struct place place, const char *hint,
                    const char *format, ...) __attribute__((format(printf, 5, 6)));

/* An error that a reader returned, as a finding. */
void report_err(const struct report *report, const char *rule, const struct err *err);

/* The place of a whole file. */
struct place report_file(const char *path);

#endif
