#include "schema/schema_setting.h"

#include "schema/schema_relation.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static struct session_setting *find(const struct schema *schema, const char *name, bool local)
{
    vec_each(setting, &schema->settings)
        if (setting->local == local && strcasecmp(setting->name, name) == 0)
            return setting;
    return NULL;
}

static void put(struct schema *schema, const char *name, const char *value, bool local)
{
    struct session_setting *setting = find(schema, name, local);
    const char *kept = schema_text(schema, value);
    if (setting != NULL)
        schema_put(schema, setting->value, kept);
    else
        *schema_add(schema, &schema->settings) = (struct session_setting){schema_text(schema, name), kept, local};
}

static void take_out(struct schema *schema, struct session_setting *setting)
{
    schema_put(schema, *setting, schema->settings.at[schema->settings.count - 1]);
    schema_put(schema, schema->settings.count, schema->settings.count - 1);
}

const char *schema_setting(const struct schema *schema, const char *name)
{
    const struct session_setting *setting = find(schema, name, true);
    if (setting == NULL)
        setting = find(schema, name, false);
    return setting == NULL ? NULL : setting->value;
}

/* Without quotes a name is folded; what is in quotes stays as it is. */
static const char *read_name(struct arena *arena, const char **at)
{
    const char *from = *at, *to;
    if (*from == '"') {
        to = strchr(++from, '"');
        to = to == NULL ? from + strlen(from) : to;
        *at = *to == '"' ? to + 1 : to;
        return arena_strndup(arena, from, (size_t)(to - from));
    }
    to = from + strcspn(from, ", \t\n");
    *at = to;
    char *name = arena_strndup(arena, from, (size_t)(to - from));
    for (char *c = name; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + ('a' - 'A'));
    return name;
}

struct strings path_read(struct arena *arena, const char *text)
{
    struct strings path = {0};
    while (*(text += strspn(text, ", \t\n")) != '\0')
        *vec_add(arena, &path) = read_name(arena, &text);
    return path;
}

static void set_path(struct schema *schema, const struct strings *path, bool local)
{
    schema_put(schema, schema->search_path, *path);
    if (!local)
        schema_put(schema, schema->log->session_path, *path);
}

void settings_end_local(struct schema *schema)
{
    for (size_t i = schema->settings.count; i > 0; i--)
        if (schema->settings.at[i - 1].local)
            take_out(schema, &schema->settings.at[i - 1]);
    schema_put(schema, schema->search_path, schema->log->session_path);
}

bool settings_are_local(const struct schema *schema)
{
    vec_each(setting, &schema->settings)
        if (setting->local)
            return true;
    return false;
}

void settings_forget(struct schema *schema)
{
    schema_put(schema, schema->settings.count, 0);
    set_path(schema, &schema->default_path, false);
}

void schema_set(struct schema *schema, const char *name, const char *value)
{
    put(schema, name, value, false);
    if (strcasecmp(name, "search_path") != 0 || value == NULL)
        return;
    schema_put(schema, schema->default_path, path_read(schema->arena, value));
    set_path(schema, &schema->default_path, false);
}

static void reset_all(struct schema *schema)
{
    vec_each(setting, &schema->settings)
        schema_put(schema, setting->value, NULL);
    set_path(schema, &schema->default_path, false);
}

/* A later SET takes the place of an earlier SET LOCAL. */
static void set(struct schema *schema, const struct action *action, const char *name)
{
    bool reset = (action->flags & FLAG_RESET) != 0, local = (action->flags & FLAG_LOCAL) != 0;
    struct session_setting *before = local ? NULL : find(schema, name, true);
    if (before != NULL)
        take_out(schema, before);
    put(schema, name, reset ? NULL : action->text, local);
    if (strcasecmp(name, "search_path") != 0)
        return;
    struct strings path = copy_strings(schema->arena, &action->names);
    set_path(schema, reset ? &schema->default_path : &path, local);
}

/*
 * `foo.lock_timeout` is another setting.  Outside of transactions SET LOCAL does nothing, but in a DO block, which is a
 * transaction of its own.
 */
void apply_set(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    const char *name = action->name.name;
    bool nowhere = !schema->in_transaction && action->place == PLACE_STATEMENT;
    if (applying->maybe || ((action->flags & FLAG_LOCAL) && nowhere))
        return;
    if (action->flags & FLAG_ALL)
        reset_all(schema);
    else if (name != NULL && action->name.schema != NULL)
        set(schema, action, arena_printf(schema->arena, "%s.%s", action->name.schema, name));
    else if (name != NULL)
        set(schema, action, name);
}
