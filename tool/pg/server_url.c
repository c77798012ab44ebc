#include "pg/server_url.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

const char *server_url(struct arena *arena, const char *socket_directory)
{
    struct str url = str_new(arena);
    str_add(&url, "postgres://postgres@/skein?host=");
    for (const char *c = socket_directory; *c != '\0'; c++) {
        if (isalnum((unsigned char)*c) || strchr("/-_.~", *c) != NULL)
            str_add_char(&url, *c);
        else
            str_addf(&url, "%%%02X", (unsigned char)*c);
    }
    str_add(&url, "&port=5432&sslmode=disable");
    return url.at;
}
