#include "model/layers.h"

#include "model/expand.h"
#include "model/strategy.h"
#include "model/value.h"

#include <stdlib.h>
#include <string.h>

/* What looks for a value in one layer: it is there, it is not, or it is wrong. */
enum outcome { FOUND = 1, ABSENT = 0, WRONG = -1 };

struct resolution {
    struct arena *arena;
    const struct layers *layers;
    struct config *config;
    struct err *err;
};

static enum outcome take(const struct resolution *resolution, enum setting setting, const char *text,
                         struct value value)
{
    if (value_read(resolution->arena, setting, text, &value, resolution->err) != 0)
        return WRONG;
    resolution->config->values[setting] = value;
    return FOUND;
}

static enum outcome take_option(const struct resolution *resolution, enum setting setting)
{
    const char *text = resolution->layers->options->text[setting], *name = setting_rows[setting].name;
    if (text == NULL)
        return ABSENT;
    if (text[0] == '\0')
        return (enum outcome)err_set(resolution->err, ERR_USAGE, "--%s is empty; expected a value", name);
    struct value value = {.origin = ORIGIN_OPTION, .source = arena_printf(resolution->arena, "--%s", name)};
    if (take(resolution, setting, text, value) == FOUND)
        return FOUND;
    resolution->err->kind = ERR_USAGE;
    return (enum outcome)err_context(resolution->err, "--%s", name);
}

/* ENV is also the start-up file of POSIX shells. */
static bool is_meant(const char *variable, const char *text)
{
    return text != NULL && text[0] != '\0' && !(strcmp(variable, "ENV") == 0 && strchr(text, '/') != NULL);
}

static enum outcome take_variable(const struct resolution *resolution, enum setting setting)
{
    for (const char *const *variable = setting_rows[setting].variables; *variable != NULL; variable++) {
        const char *text = getenv(*variable);
        if (!is_meant(*variable, text))
            continue;
        if (take(resolution, setting, text, (struct value){.origin = ORIGIN_VARIABLE, .source = *variable}) == FOUND)
            return FOUND;
        return (enum outcome)err_context(resolution->err, "the variable %s", *variable);
    }
    return ABSENT;
}

static enum outcome take_node(const struct resolution *resolution, enum setting setting, enum origin origin,
                              const struct node *document, enum key_scope scope)
{
    const struct node *node = NULL;
    char *text = NULL;
    if (document == NULL)
        return ABSENT;
    if (keys_find(document, scope, setting, &node, resolution->err) != 0)
        return WRONG;
    if (node == NULL)
        return ABSENT;
    if (expand_text(resolution->arena, node->text, node->place, &text, resolution->err) != 0)
        return (enum outcome)err_context(resolution->err, "%s", node->key);
    if (text[0] == '\0')
        return ABSENT;
    struct value value = {.origin = origin, .place = node->place,
                          .source = arena_printf(resolution->arena, "%s:%d:%d", node->place.file, node->place.line,
                                                 node->place.column)};
    if (take(resolution, setting, text, value) == FOUND)
        return FOUND;
    err_context(resolution->err, "%s", node->key);
    return (enum outcome)err_at(resolution->err, node->place.file, node->place.line, node->place.column);
}

static enum outcome take_at(const struct resolution *resolution, enum setting setting, enum origin origin)
{
    const struct layers *layers = resolution->layers;
    switch (origin) {
    case ORIGIN_OPTION:
        return take_option(resolution, setting);
    case ORIGIN_VARIABLE:
        return take_variable(resolution, setting);
    case ORIGIN_SERVICE:
        return take_node(resolution, setting, origin, layers->service, KEYS_OF_APPLICATION);
    case ORIGIN_REPOSITORY:
        return take_node(resolution, setting, origin, layers->repository, layers->repository_scope);
    default:
        return ABSENT;
    }
}

/* The nearest value, looking no farther than `farthest`. */
static enum outcome take_nearest(const struct resolution *resolution, enum setting setting, enum origin farthest)
{
    enum outcome outcome = ABSENT;
    for (enum origin origin = ORIGIN_OPTION; outcome == ABSENT && origin >= farthest; origin--)
        outcome = take_at(resolution, setting, origin);
    return outcome;
}

static enum outcome take_default(const struct resolution *resolution, enum setting setting)
{
    const struct value *values = resolution->config->values;
    const char *environment = values[SETTING_ENVIRONMENT].text, *fallback = setting_rows[setting].fallback;
    if (setting == SETTING_APPROACH)
        return take(resolution, setting, strategy_of_environment(environment)->name,
                    (struct value){.origin = ORIGIN_DEFAULT,
                                   .source = arena_printf(resolution->arena, "environment %s", environment)});
    if (setting != SETTING_ENVIRONMENT) {
        const struct strategy *strategy = strategy_get(values[SETTING_APPROACH].text);
        if (strategy->values[setting] != NULL)
            return take(resolution, setting, strategy->values[setting],
                        (struct value){.origin = ORIGIN_STRATEGY,
                                       .source = arena_printf(resolution->arena, "strategy %s", strategy->name)});
    }
    return fallback == NULL ? ABSENT
                            : take(resolution, setting, fallback, (struct value){.origin = ORIGIN_DEFAULT});
}

static enum outcome resolve_one(const struct resolution *resolution, enum setting setting)
{
    enum outcome outcome = take_nearest(resolution, setting, ORIGIN_REPOSITORY);
    return outcome == ABSENT ? take_default(resolution, setting) : outcome;
}

/* Parts of a connection string.  A URL holds the first four itself; the others may complete it. */
static const enum setting parts[] = {SETTING_DATABASE_HOST, SETTING_DATABASE_PORT, SETTING_DATABASE_NAME,
                                     SETTING_DATABASE_SSLMODE, SETTING_DATABASE_USER, SETTING_DATABASE_PASSWORD};
enum { PARTS = sizeof parts / sizeof *parts, PARTS_OF_URL = 4 };

static bool is_database(enum setting setting)
{
    for (size_t i = 0; i < PARTS; i++)
        if (parts[i] == setting)
            return true;
    return setting == SETTING_DATABASE_URL || setting == SETTING_DIRECT_URL;
}

/* From the nearest layer that names a database, by a URL, or by host or name; `*layer` is where that was. */
static enum outcome find_database(const struct resolution *resolution, enum origin *layer)
{
    static const enum setting names[] = {SETTING_DATABASE_URL, SETTING_DATABASE_HOST, SETTING_DATABASE_NAME};
    for (enum origin origin = ORIGIN_OPTION; origin >= ORIGIN_REPOSITORY; origin--) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            enum outcome outcome = take_at(resolution, names[i], origin);
            *layer = origin;
            if (outcome != ABSENT)
                return outcome;
        }
    }
    return ABSENT;
}

/* A direct URL that lies farther than the database may well be that of another one. */
static int resolve_database(const struct resolution *resolution)
{
    enum origin layer = ORIGIN_REPOSITORY;
    if (find_database(resolution, &layer) == WRONG || take_nearest(resolution, SETTING_DIRECT_URL, layer) == WRONG)
        return -1;
    bool by_url = resolution->config->values[SETTING_DATABASE_URL].text != NULL;
    for (size_t i = by_url ? PARTS_OF_URL : 0; i < PARTS; i++)
        if (take_nearest(resolution, parts[i], by_url ? layer : ORIGIN_REPOSITORY) == WRONG)
            return -1;
    return 0;
}

int layers_resolve(struct arena *arena, const struct layers *layers, struct config *config, struct err *err)
{
    const struct resolution resolution = {arena, layers, config, err};
    memset(config->values, 0, sizeof config->values);
    for (enum setting setting = 0; setting < SETTINGS; setting++)
        if (!is_database(setting) && resolve_one(&resolution, setting) == WRONG)
            return -1;
    return resolve_database(&resolution);
}
