#include "flow/database_names.h"

#include "base/str.h"
#include "text/json.h"

#include <string.h>

static void add_once(struct arena *arena, struct json *list, struct strings *seen, const char *name)
{
    vec_each(other, seen)
        if (strcmp(*other, name) == 0)
            return;
    *vec_add(arena, seen) = name;
    json_add(list, json_text(arena, name));
}

const char *database_schema_names(struct arena *arena, const struct catalog *catalog)
{
    struct json *list = json_list(arena);
    struct strings seen = {0};
    vec_each(service, &catalog->services)
        if ((*service)->schema != NULL)
            add_once(arena, list, &seen, (*service)->schema);
    return json_print(arena, list, false);
}

const char *database_version_tables(struct arena *arena, const struct catalog *catalog)
{
    struct json *list = json_list(arena);
    struct strings seen = {0};
    vec_each(service, &catalog->services) {
        const char *name = config_text(&(*service)->config, SETTING_VERSION_TABLE);
        if (name != NULL && *name != '\0')
            add_once(arena, list, &seen, strchr(name, '.') != NULL ? name : arena_printf(arena, "public.%s", name));
    }
    return json_print(arena, list, false);
}
