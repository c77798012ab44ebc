/* What `validate` says about the structure of a catalog beyond what reading it found. */
#ifndef REVIEW_CHECK_H
#define REVIEW_CHECK_H

#include "model/catalog.h"

/*
 * Warnings: a migration without its up or its down half.  Notes: gaps in a numbered sequence (timestamps have none).
 */
void check_structure(struct arena *arena, const struct catalog *catalog, struct findings *findings);

#endif
