#include "model/value.h"

#include "base/clock.h"
#include "base/str.h"
#include "text/nearest.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Words that mean a choice under another name; the first four environments of source files use them. */
static const struct {
    enum setting setting;
    const char *word, *choice;
} synonyms[] = {
    {SETTING_BACKUP, "false", "none"},        {SETTING_BACKUP, "no", "none"},
    {SETTING_BACKUP, "true", "full"},         {SETTING_BACKUP, "yes", "full"},
    {SETTING_BACKUP, "incremental", "affected"},
};

static const struct {
    const char *word;
    bool truth;
} truths[] = {
    {"true", true}, {"false", false}, {"yes", true}, {"no", false}, {"on", true}, {"off", false}, {"1", true}, {"0", false},
};

static const struct {
    enum setting setting;
    long long least, most;
} limits[] = {
    {SETTING_DATABASE_PORT, 1, 65535},
    {SETTING_MAX_RETRIES, 0, 1000},
};

static const struct {
    const char *name;
    long long bytes;
} units[] = {
    {"", 1},          {"B", 1},           {"kB", 1000},       {"KB", 1000},          {"MB", 1000000},
    {"GB", 1000000000}, {"KiB", 1LL << 10}, {"MiB", 1LL << 20}, {"GiB", 1LL << 30},
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static int read_choice(enum setting setting, const char *text, struct value *value, struct err *err)
{
    struct strings known = {0};
    for (const char *const *choice = setting_rows[setting].choices; *choice != NULL; choice++) {
        if (strcasecmp(text, *choice) == 0) {
            value->text = *choice;
            return 0;
        }
        *vec_add(err->arena, &known) = *choice;
    }
    for (size_t i = 0; i < LENGTH(synonyms); i++) {
        if (synonyms[i].setting == setting && strcasecmp(text, synonyms[i].word) == 0) {
            value->text = synonyms[i].choice;
            return 0;
        }
    }
    const char *nearest = nearest_find(text, &known);
    err_set(err, ERR_INPUT, "\"%s\" is unknown; expected one of %s", text, words_join(err->arena, &known));
    return nearest == NULL ? -1 : err_hint(err, "did you mean \"%s\"?", nearest);
}

static int read_truth(const char *text, struct value *value, struct err *err)
{
    for (size_t i = 0; i < LENGTH(truths); i++) {
        if (strcasecmp(text, truths[i].word) == 0) {
            value->number = truths[i].truth;
            value->text = truths[i].truth ? "true" : "false";
            return 0;
        }
    }
    return err_set(err, ERR_INPUT, "\"%s\" is neither true nor false", text);
}

/* Decimal digits at the start of the text; *rest is what follows. */
static bool read_digits(const char *text, long long *number, const char **rest)
{
    char *end = NULL;
    errno = 0;
    *number = strtoll(text, &end, 10);
    *rest = end;
    return text[0] >= '0' && text[0] <= '9' && errno == 0;
}

static int read_integer(enum setting setting, const char *text, struct value *value, struct err *err)
{
    long long least = 0, most = INT32_MAX;
    const char *rest = NULL;
    for (size_t i = 0; i < LENGTH(limits); i++) {
        if (limits[i].setting == setting) {
            least = limits[i].least;
            most = limits[i].most;
        }
    }
    if (!read_digits(text, &value->number, &rest) || *rest != '\0' || value->number < least || value->number > most)
        return err_set(err, ERR_INPUT, "\"%s\" is not a whole number from %lld to %lld", text, least, most);
    return 0;
}

static int read_size(const char *text, struct value *value, struct err *err)
{
    const char *rest = NULL;
    if (read_digits(text, &value->number, &rest) && value->number > 0)
        for (size_t i = 0; i < LENGTH(units); i++)
            if (strcmp(rest, units[i].name) == 0 &&
                !__builtin_mul_overflow(value->number, units[i].bytes, &value->number))
                return 0;
    return err_set(err, ERR_INPUT, "\"%s\" is not a size; expected one such as 64KiB, 32MiB, 10MB or a number of bytes",
                   text);
}

static int read_duration(const char *text, struct value *value, struct err *err)
{
    int64_t milliseconds = 0;
    if (duration_read(text, &milliseconds, err) != 0)
        return -1;
    if (milliseconds > INT32_MAX) /* what PostgreSQL's own timeouts can be */
        return err_set(err, ERR_INPUT, "the duration \"%s\" is too long; expected at most 596h", text);
    value->number = milliseconds;
    return 0;
}

static int read_environment(const char *text, struct err *err)
{
    if (text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")] == '\0')
        return 0;
    return err_set(err, ERR_INPUT, "\"%s\" is no name of an environment; expected letters, digits, '_', '-' and '.'",
                   text);
}

int value_read(struct arena *arena, enum setting setting, const char *text, struct value *value, struct err *err)
{
    const struct setting_row *row = &setting_rows[setting];
    value->text = arena_strdup(arena, text);
    switch (row->type) {
    case TYPE_BOOL:
        return read_truth(text, value, err);
    case TYPE_INTEGER:
        return read_integer(setting, text, value, err);
    case TYPE_SIZE:
        return read_size(text, value, err);
    case TYPE_DURATION:
        return read_duration(text, value, err);
    case TYPE_TEXT:
        break;
    }
    if (row->choices != NULL)
        return read_choice(setting, text, value, err);
    return setting == SETTING_ENVIRONMENT ? read_environment(text, err) : 0;
}
