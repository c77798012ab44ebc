/* The environments that documentation is about: all that the services name, whichever is in force. */
#ifndef CLI_DOCS_VARIANTS_H
#define CLI_DOCS_VARIANTS_H

#include "cli/run.h"
#include "model/variants.h"

/*
 * Opens the run and reads the repository in each of its environments; warnings are told.  Only with --connected does the
 * environment in force matter, since it says which databases are asked.
 * Errors: those of run_open and variants_read.
 */
int docs_variants_open(struct run *run, struct variants *variants, struct err *err);

#endif
