/*
 * dependencies.json: what migrations need, and what is declared about them.
 *
 * Reading it fills the declarations and collects references, which reference.h resolves when all services are
 * read.
 */
#ifndef MODEL_DEPENDENCY_H
#define MODEL_DEPENDENCY_H

#include "model/reference.h"
#include "model/report.h"

/*
 * Reads the service's file where it is there, and gives every migration whose entry says nothing of
 * `depends_on` its predecessor.
 */
void dependency_read(const struct report *report, struct service *service, struct references *references);

/* The same for a service without declarations: each migration needs the one before it. */
void dependency_imply(struct service *service, struct references *references);

#endif
