/* The halves of a service, made into its migrations. */
#ifndef MODEL_MERGE_H
#define MODEL_MERGE_H

#include "model/source.h"

/*
 * Fills service->migrations, by version.  A migration bears the name of its up half where there is one.  The
 * same file gathered twice counts once; a half of one version that two files bring is a finding.
 */
void merge_parts(struct source *source, struct service *service);

#endif
