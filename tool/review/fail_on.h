/* The setting `fail-on`: from which severity on a check has failed, in one environment. */
#ifndef REVIEW_FAIL_ON_H
#define REVIEW_FAIL_ON_H

#include "model/config.h"

enum { FAIL_NEVER = SEVERITY_ERROR + 1 };

/*
 * "error", "warning", "note", "never", and "ENVIRONMENT=…" before one of them, separated by commas; what names the
 * environment wins.  *least is an enum severity, or FAIL_NEVER.
 * Errors: ERR_INPUT, at the setting's place, for any other word.
 */
int fail_on_read(const struct config *config, int *least, struct err *err);

#endif
