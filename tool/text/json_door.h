/* cJSON allocates without context; what it makes next lives in this arena.  For json.c and json_read.c alone. */
#ifndef TEXT_JSON_DOOR_H
#define TEXT_JSON_DOOR_H

#include "base/arena.h"

#include <cJSON.h>

void json_allocate_in(struct arena *arena);

#endif
