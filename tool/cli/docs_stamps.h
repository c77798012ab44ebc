/* `skein docs --stamps`: what make calls; it does nothing where no file changed since the pages were written. */
#ifndef CLI_DOCS_STAMPS_H
#define CLI_DOCS_STAMPS_H

#include "cli/docs_pages.h"
#include "review/stamp.h"

struct docs_stamps {
    bool on;
    bool nothing;            /* to do */
    struct stamps stamps;
};

/* Errors: those of stamps_open; ERR_USAGE for options that do not go with it; templates that cannot be read. */
int docs_stamps_open(struct docs_pages *pages, struct timespec began, struct docs_stamps *stamps, struct err *err);
int docs_stamps_write(const struct docs_pages *pages, const struct docs_stamps *stamps, struct err *err);

#endif
