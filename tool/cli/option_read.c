/* Reading the options: from the command line, and from the environment. */
#include "cli/option.h"
#include "base/str.h"
#include "text/nearest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct found {
    enum option option;
    const struct option_synonym *synonym; /* NULL: by its own name */
};

static bool find(const char *name, struct found *found)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (strcmp(option_rows[i].name, name) == 0) {
            *found = (struct found){.option = (enum option)i};
            return true;
        }
    for (const struct option_synonym *row = option_synonyms; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0) {
            *found = (struct found){row->option, row};
            return true;
        }
    return false;
}

static int unknown(struct arena *arena, const char *name, const char *shown, struct err *err)
{
    struct strings known = {0};
    for (size_t i = 0; i < OPTIONS; i++)
        if (!option_rows[i].hidden)
            *vec_add(arena, &known) = option_rows[i].name;
    for (const struct option_synonym *row = option_synonyms; row->name != NULL; row++)
        *vec_add(arena, &known) = row->name;
    err_set(err, ERR_USAGE, "unknown option %s", shown);
    const char *nearest = nearest_find(name, &known);
    if (nearest != NULL)
        return err_hint(err, "did you mean --%s?", nearest);
    return err_hint(err, "skein help lists the options");
}

/* "-" is an argument, and so are negative numbers: golang-migrate needs `force -- -1` where `force -1` is meant. */
static bool is_option(const char *argument)
{
    return argument[0] == '-' && argument[1] != '\0' && !isdigit((unsigned char)argument[1]);
}

static int truth_read(const char *text, const char **truth)
{
    static const char *const words[][2] = {{"true", "true"}, {"1", "true"}, {"t", "true"}, {"yes", "true"},
                                           {"on", "true"}, {"false", "false"}, {"0", "false"}, {"f", "false"},
                                           {"no", "false"}, {"off", "false"}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcasecmp(text, words[i][0]) == 0) {
            *truth = words[i][1];
            return 0;
        }
    return -1;
}

/* golang-migrate joins host and path of its file: URLs; every other scheme is a source that skein does not have. */
static int path_of_url(const char *url, const char *spelled, const char **path, struct err *err)
{
    const char *colon = strstr(url, ":");
    const char *slash = strchr(url, '/');
    *path = url;
    if (colon == NULL || (slash != NULL && slash < colon))
        return 0;
    if (strncmp(url, "file:", 5) != 0) {
        err_set(err, ERR_USAGE, "%s %s: skein reads migrations from files only", spelled, url);
        return err_hint(err, "write file://DIR, or use --migrations DIR");
    }
    *path = str_starts(url, "file://") ? url + 7 : url + 5;
    return 0;
}

static int put(struct options *options, enum option option, const char *text, const char *spelled, struct err *err)
{
    if (*text == '\0') {
        err_set(err, ERR_USAGE, "%s is empty", spelled);
        return err_hint(err, "give a value, or leave the option out");
    }
    if (options->text[option] != NULL && strcmp(options->text[option], text) != 0) {
        bool other_name = strcmp(options->spelled[option], spelled) != 0;
        err_set(err, ERR_USAGE, "%s%s%s given twice, with different values", other_name ? options->spelled[option] : "",
                other_name ? " and " : "", spelled);
        return err_hint(err, other_name ? "they mean the same; keep one of them" : "keep one of them");
    }
    options->text[option] = text;
    options->spelled[option] = spelled;
    return 0;
}

/* The value behind an option: after its '=', or the next argument; *next moves on when that is taken. */
static int value_of(const struct option_row *row, const char *spelled, const char *equals,
                    const char *const **next, const char **text, struct err *err)
{
    if (equals != NULL) {
        *text = equals + 1;
        return 0;
    }
    const char *behind = **next;
    if (behind == NULL || is_option(behind)) {
        err_set(err, ERR_USAGE, behind == NULL ? "%s needs a value (%s)" : "%s needs a value (%s) and is followed by %s",
                spelled, row->argument, behind);
        return err_hint(err, "write %s=%s", spelled, row->argument);
    }
    *text = behind;
    (*next)++;
    return 0;
}

static int take_value(const struct found *found, const char *spelled, const char *equals,
                      const char *const **next, struct options *options, struct err *err)
{
    const struct option_row *row = &option_rows[found->option];
    const char *fixed = found->synonym != NULL ? found->synonym->value : NULL;
    const char *text = NULL;
    if (fixed != NULL && equals != NULL)
        return err_set(err, ERR_USAGE, "%s takes no value", spelled);
    if (fixed != NULL)
        return put(options, found->option, fixed, spelled, err);
    if (row->argument == NULL) {
        if (equals != NULL && truth_read(equals + 1, &text) != 0)
            return err_set(err, ERR_USAGE, "%s is true or false, not '%s'", spelled, equals + 1);
        return put(options, found->option, equals == NULL ? "true" : text, spelled, err);
    }
    if (value_of(row, spelled, equals, next, &text, err) != 0)
        return -1;
    if (found->synonym != NULL && found->synonym->url && path_of_url(text, spelled, &text, err) != 0)
        return -1;
    return put(options, found->option, text, spelled, err);
}

static int take_option(struct arena *arena, const char *const **next, struct options *options, struct err *err)
{
    const char *argument = *(*next)++;
    const char *name = argument + (argument[1] == '-' ? 2 : 1);
    const char *equals = strchr(name, '=');
    size_t length = equals != NULL ? (size_t)(equals - name) : strlen(name);
    char *spelled = arena_strndup(arena, argument, (size_t)(name - argument) + length);
    char *bare = arena_strndup(arena, name, length);
    struct found found;
    if (!find(bare, &found))
        return unknown(arena, bare, spelled, err);
    return take_value(&found, spelled, equals, next, options, err);
}

static const char *implied_command(const struct options *options)
{
    for (const struct option_implied *row = option_implied; row->name != NULL; row++)
        for (size_t i = 0; i < OPTIONS; i++) {
            const char *spelled = options->spelled[i];
            if (spelled != NULL && strcmp(spelled + strspn(spelled, "-"), row->name) == 0)
                return row->command;
        }
    return NULL;
}

/* The command is --command, or the first argument, or what an option stands for. */
static void settle_command(struct options *options)
{
    options->command = options->text[OPTION_COMMAND];
    if (options->command == NULL && options->arguments.count > 0) {
        options->command = options->arguments.at[0];
        options->arguments.at++;
        options->arguments.count--;
        options->arguments.room--;
    }
    bool asks_about_skein = option_on(options, OPTION_HELP) || option_on(options, OPTION_VERSION);
    if (options->command == NULL && !asks_about_skein)
        options->command = implied_command(options);
}

/* How the error about an option is printed must not depend on which side of it --json stands. */
static void find_json(const char *const *next, struct options *options)
{
    for (; *next != NULL && strcmp(*next, "--") != 0; next++)
        if (strcmp(*next, "--json") == 0 || strcmp(*next, "-json") == 0)
            options->text[OPTION_JSON] = "true";
}

int option_read(struct arena *arena, const char *const arguments[], struct options *options, struct err *err)
{
    *options = (struct options){0};
    bool ended = false;
    for (const char *const *next = arguments; *next != NULL;) {
        if (!ended && strcmp(*next, "--") == 0) {
            ended = true;
            next++;
        } else if (!ended && is_option(*next)) {
            if (take_option(arena, &next, options, err) != 0)
                return find_json(next, options), -1;
        } else {
            *vec_add(arena, &options->arguments) = *next++;
        }
    }
    settle_command(options);
    return 0;
}

int option_read_environment(struct arena *arena, const bool accepted[OPTIONS], struct options *options,
                            struct err *err)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        const struct option_row *row = &option_rows[i];
        if (row->variable == NULL || !accepted[i] || options->text[i] != NULL)
            continue;
        const char *text = getenv(row->variable);
        if (text == NULL || *text == '\0')
            continue;
        if (row->argument == NULL && truth_read(text, &text) != 0)
            return err_set(err, ERR_USAGE, "%s is true or false, not '%s'", row->variable, text);
        options->text[i] = arena_strdup(arena, text);
        options->spelled[i] = row->variable;
    }
    return 0;
}
