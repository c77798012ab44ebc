/* Domains of a simulated schema: what a column gets by its type, through the domains that a domain is made of. */
#ifndef SCHEMA_SCHEMA_DOMAIN_H
#define SCHEMA_SCHEMA_DOMAIN_H

#include "schema/schema.h"

/*
 * Of a type as it is written: has the domain, or one that it is made of, NOT NULL or CHECK?  And the default of its
 * columns that have none of their own, NULL where there is none.  An array of a domain has neither.
 */
enum truth schema_type_is_constrained(const struct schema *schema, const struct type_name *written);
const struct expression *schema_type_default(const struct schema *schema, const struct type_name *written);

#endif
