/* `skein validate --stamps` and `--stamp`: what make calls, and what it need not call again. */
#ifndef CLI_VALIDATE_STAMPS_H
#define CLI_VALIDATE_STAMPS_H

#include "cli/command.h"
#include "review/derived.h"
#include "review/stamp.h"

struct stamping {
    bool on;
    bool one;                /* --stamp: a single service */
    bool nothing;            /* to do: all of it is known */
    struct stamps stamps;
};

/*
 * Behind the catalog; --stamp chooses run->service.  Of the findings only those are printed then that have a service,
 * or are errors: the others were told with --stamps.
 * Where nothing can be written, it is off: everything is looked at, each time.
 * Errors: ERR_USAGE of stamps_open; ERR_USAGE for options that do not go with it.
 */
int stamping_open(struct run *run, struct timespec began, struct stamping *stamping, struct err *err);

bool stamping_concerns(const struct stamping *stamping, const struct finding *finding);

/* Services without a finding of at least that severity are good.  `derived` has seen the chain. */
int stamping_write(const struct run *run, const struct stamping *stamping, const struct derived *derived, int least,
                   struct err *err);

#endif
