#include "write/site_place.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

/* What begins with a dot would be hidden, or lead to another folder. */
const char *site_place_name(struct arena *arena, const char *text)
{
    struct str out = str_new(arena);
    for (const char *at = text; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (c < 0x80 && (isalnum(c) || strchr("-_", c) != NULL || (c == '.' && at != text)))
            str_add_char(&out, *at);
        else
            str_addf(&out, "~%02x", c);
    }
    return out.at == NULL ? "~" : out.at;
}

const char *site_place_folder(struct arena *arena, const struct service *service)
{
    return site_place_name(arena, service->name);
}

/* From a page of the same service, of another one, or of the index. */
static const char *link(struct arena *arena, const struct service *service, const char *from, const char *file)
{
    const char *folder = site_place_folder(arena, service);
    if (strcmp(folder, from) == 0)
        return file;
    return arena_printf(arena, "%s%s/%s", *from == '\0' ? "" : "../", folder, file);
}

const char *site_place_service(struct arena *arena, const struct service *service, const char *from)
{
    return link(arena, service, from, "index.html");
}

const char *site_place_migration(struct arena *arena, const struct migration *migration, const char *from)
{
    const char *name = site_place_name(arena, migration->id);
    if (migration->environment != NULL) /* no other name has a plus */
        name = arena_printf(arena, "%s+%s", name, site_place_name(arena, migration->environment));
    return link(arena, migration->service, from, arena_printf(arena, "%s.html", name));
}
