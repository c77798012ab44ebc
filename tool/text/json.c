#include "text/json.h"

#include "base/str.h"
#include "text/json_door.h"
#include "text/regex.h"

#include <string.h>

static _Thread_local struct arena *allocating;

static void *allocate(size_t size)
{
    return arena_alloc(allocating, size);
}

static void leave(void *memory)
{
    (void)memory;
}

void json_allocate_in(struct arena *arena)
{
    cJSON_Hooks hooks = {allocate, leave};
    allocating = arena;
    cJSON_InitHooks(&hooks);
}

struct json {
    struct arena *arena;
    cJSON *item;
};

static struct json *wrap(struct arena *arena, cJSON *item)
{
    struct json *json = arena_new(arena, struct json);
    *json = (struct json){arena, item};
    return json;
}

struct json *json_object(struct arena *arena)
{
    json_allocate_in(arena);
    return wrap(arena, cJSON_CreateObject());
}

struct json *json_list(struct arena *arena)
{
    json_allocate_in(arena);
    return wrap(arena, cJSON_CreateArray());
}

/* Output must be JSON whatever a file name or a server holds: bytes that are not UTF-8 become U+FFFD. */
static const char *as_utf8(struct arena *arena, const char *text)
{
    size_t length = strlen(text), bad_at = 0;
    if (regex_is_utf8(text, length, &bad_at))
        return text;
    struct str str = str_new(arena);
    while (!regex_is_utf8(text, length, &bad_at)) {
        str_add_bytes(&str, text, bad_at);
        str_add(&str, "\xEF\xBF\xBD");
        text += bad_at + 1;
        length -= bad_at + 1;
    }
    str_add(&str, text);
    return str.at;
}

struct json *json_text(struct arena *arena, const char *text)
{
    json_allocate_in(arena);
    return wrap(arena, text == NULL ? cJSON_CreateNull() : cJSON_CreateString(as_utf8(arena, text)));
}

struct json *json_integer(struct arena *arena, long long number)
{
    json_allocate_in(arena);
    return wrap(arena, cJSON_CreateRaw(arena_printf(arena, "%lld", number))); /* a double would round it */
}

struct json *json_bool(struct arena *arena, bool truth)
{
    json_allocate_in(arena);
    return wrap(arena, cJSON_CreateBool(truth));
}

void json_set(struct json *object, const char *key, struct json *value)
{
    json_allocate_in(object->arena);
    cJSON_AddItemToObject(object->item, as_utf8(object->arena, key), value->item);
}

void json_set_text(struct json *object, const char *key, const char *text)
{
    json_set(object, key, json_text(object->arena, text));
}

void json_set_integer(struct json *object, const char *key, long long number)
{
    json_set(object, key, json_integer(object->arena, number));
}

void json_set_bool(struct json *object, const char *key, bool truth)
{
    json_set(object, key, json_bool(object->arena, truth));
}

void json_add(struct json *list, struct json *item)
{
    json_allocate_in(list->arena);
    cJSON_AddItemToArray(list->item, item->item);
}

/* cJSON indents with tabs and puts one behind each key; in texts tabs are escaped, so every raw one is layout. */
static char *with_spaces(struct arena *arena, const char *printed)
{
    struct str str = str_new(arena);
    for (const char *at = printed; *at != '\0'; at++) {
        if (*at != '\t')
            str_add_char(&str, *at);
        else
            str_add(&str, at[-1] == ':' ? " " : "  ");
    }
    return str.at;
}

char *json_print(struct arena *arena, const struct json *value, bool indented)
{
    json_allocate_in(arena);
    return indented ? with_spaces(arena, cJSON_Print(value->item)) : cJSON_PrintUnformatted(value->item);
}
