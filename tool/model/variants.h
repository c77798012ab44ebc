/* The repository as each of its environments has it, where they differ. */
#ifndef MODEL_VARIANTS_H
#define MODEL_VARIANTS_H

#include "model/catalog.h"

struct variant {
    const char *environment;       /* NULL: no environments.json names any */
    const struct catalog *catalog;
    bool differs;                  /* it has migrations of its own */
};
VEC(variant_list, struct variant);

struct variants {
    struct variant_list list;      /* the first stands for the repository as a whole; more only where any differs */
};

/*
 * What stands for the whole is the environment `wanted`; where that is NULL, production, or else the one that is named
 * first.  `current` is the repository as it was read already; findings of other readings are added.  A service that an
 * environment does not have is there with what all environments have.
 * Errors: ERR_USAGE for an environment that no service has; errors among the findings of any environment; those of
 * catalog_read.
 */
int variants_read(struct arena *arena, const struct config_options *options, const struct catalog *current,
                  const char *wanted, struct variants *variants, struct findings *findings, struct err *err);

/* Has the service an environment of that name? */
bool variants_knows(const struct service *service, const char *environment);

/* Has the variant migrations of its own in that service (of whichever catalog)? */
bool variants_has_own(const struct variant *variant, const struct service *service);

/* Has the service migrations that not every environment has? */
bool variants_differ(const struct variants *variants, const struct service *service);

/* The same migration in another environment's catalog: the same files.  NULL: it is not there. */
struct migration *variants_same(const struct variant *variant, const struct migration *migration);

#endif
