#include "model/filename.h"

#include <string.h>
#include <strings.h>

/* How many digits `text` begins with; false in *fits when their value is above 2^63-1. */
static size_t read_version(const char *text, uint64_t *version, bool *fits)
{
    size_t length = 0;
    *version = 0;
    *fits = true;
    for (; text[length] >= '0' && text[length] <= '9'; length++) {
        uint64_t digit = (uint64_t)(text[length] - '0');
        if (*version > ((uint64_t)INT64_MAX - digit) / 10)
            *fits = false;
        else
            *version = *version * 10 + digit;
    }
    return length;
}

/* The last ".up." or ".down." of the text: where greedy matching finds it.  NULL when there is none. */
static const char *find_direction(const char *text, bool ignore_case, enum direction *direction)
{
    static const struct {
        const char *text;
        enum direction direction;
    } words[] = {{".up.", DIRECTION_UP}, {".down.", DIRECTION_DOWN}};
    const char *found = NULL;
    for (const char *at = strchr(text, '.'); at != NULL; at = strchr(at + 1, '.'))
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
            size_t length = strlen(words[i].text);
            if ((ignore_case ? strncasecmp : strncmp)(at, words[i].text, length) == 0) {
                found = at;
                *direction = words[i].direction;
            }
        }
    return found;
}

static bool ends_like(const char *text, const char *suffix)
{
    size_t length = strlen(text), tail = strlen(suffix);
    return length >= tail && strcasecmp(text + length - tail, suffix) == 0;
}

static bool looks_like_backup(const char *base)
{
    static const char *const endings[] = {"~", ".bak", ".orig", ".rej", ".old", ".save", ".swp", ".tmp", ".disabled"};
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (ends_like(base, endings[i]))
            return true;
    return false;
}

/* Only what was probably meant as a migration deserves a word; a README does not. */
static const char *why_near(const char *base, bool versioned)
{
    enum direction direction;
    if (base[0] == '.')
        return NULL;
    if (strchr(base, '\n') != NULL && find_direction(base, true, &direction) != NULL)
        return "a file name with a line break is no migration";
    if (versioned && find_direction(base, true, &direction) != NULL)
        return "the direction is written in lower case: .up. or .down.";
    if (versioned && (ends_like(base, ".up") || ends_like(base, ".down")))
        return "an extension is missing after the direction";
    if (find_direction(base, true, &direction) != NULL)
        return "a migration begins with digits and an underscore: 000001_name.up.sql";
    if (ends_like(base, ".sql"))
        return "expected 000001_name.up.sql and 000001_name.down.sql, or 000001_name.sql with markers";
    return NULL;
}

struct filename filename_read(const char *base)
{
    struct filename name = {.kind = FILENAME_OTHER};
    bool fits, line_break = strchr(base, '\n') != NULL;
    size_t digits = read_version(base, &name.version, &fits);
    bool versioned = digits != 0 && base[digits] == '_';
    const char *title = versioned ? base + digits + 1 : NULL;
    const char *end = versioned && !line_break ? find_direction(title, false, &name.direction) : NULL;
    if (end != NULL) {
        name.kind = FILENAME_HALF;
        name.backup = looks_like_backup(base);
    } else if (versioned && !line_break && str_ends(title, ".sql") && !find_direction(title, true, &name.direction)) {
        name.kind = FILENAME_SINGLE;
        end = base + strlen(base) - strlen(".sql");
    } else {
        name.why = why_near(base, versioned);
        name.kind = name.why == NULL ? FILENAME_OTHER : FILENAME_NEAR_MISS;
        return name;
    }
    name.too_large = !fits;
    name.digits = (struct span){base, digits};
    name.name = (struct span){title, (size_t)(end - title)};
    return name;
}

bool filename_reference(const char *text, uint64_t *version, const char **name)
{
    bool fits;
    size_t digits = read_version(text, version, &fits);
    if (digits == 0 || !fits || (text[digits] != '\0' && text[digits] != '_'))
        return false;
    *name = text[digits] == '_' ? text + digits + 1 : NULL;
    return true;
}
