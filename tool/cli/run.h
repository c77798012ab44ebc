/* A run of one command: opens what its row needs. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/command.h"

/*
 * Configuration, catalog and the service of --service, as `needs` (of enum need) says; warnings are told to the
 * listeners.
 * Errors: those of config_read and catalog_read, and the first error among the findings.
 */
int run_open(struct run *run, unsigned needs, struct err *err);

/* A warning in one line, with its place and its hint. */
const char *run_warning(const struct run *run, const struct finding *finding);

/* Tells the listeners of the warnings among findings, from the one of that number. */
void run_tell_warnings(const struct run *run, const struct findings *findings, size_t from);

/* The service that is meant where it has to be one: --service, or the only one there is.  ERR_USAGE otherwise. */
const struct service *run_service(const struct run *run, struct err *err);

#endif
