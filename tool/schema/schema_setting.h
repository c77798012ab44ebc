/* Settings of a simulated session, and the search_path among them. */
#ifndef SCHEMA_SCHEMA_SETTING_H
#define SCHEMA_SCHEMA_SETTING_H

#include "schema/schema_change.h"

/* The transaction is over: what SET LOCAL said is so no more. */
void settings_end_local(struct schema *schema);
bool settings_are_local(const struct schema *schema); /* is any? */

/* A fresh session. */
void settings_forget(struct schema *schema);

/* The names in the text of a search_path. */
struct strings path_read(struct arena *arena, const char *text);

#endif
