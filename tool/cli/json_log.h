/* Events as JSON, one a line on standard output.  docs/events.md describes the lines; JSON_FORMAT counts breaks. */
#ifndef CLI_JSON_LOG_H
#define CLI_JSON_LOG_H

#include "base/str.h"
#include "flow/event.h"
#include "text/json.h"

/* Stands in every line and every document; grows when a field goes away or changes its meaning. */
enum { JSON_FORMAT = 1 };

/* `listener` is filled in; it keeps nothing. */
void json_log_init(struct listener *listener);

/* {"format": 1}, for a document. */
struct json *json_log_document(struct arena *arena);

/* Prints a value as one line, at once. */
void json_log_print(struct arena *arena, const struct json *value);

/* The fields that name a migration: service, version, id, name. */
void json_log_migration(struct json *object, const struct migration *migration);

/* Which release brings it: release and release_label, null where none does, and where the migration is NULL. */
void json_log_release(struct json *object, struct arena *arena, const struct migration *migration);

/* Adds the table of all events and their fields, in Markdown. */
void json_log_reference(struct str *page);

#endif
