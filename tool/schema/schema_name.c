/* The names that the server chooses: makeObjectName, ChooseRelationName, ChooseConstraintName of its source. */
#include "base/str.h"
#include "schema/schema_change.h"

#include <stdint.h>
#include <string.h>

enum { NAME_BYTES = 63 };

/* At most so many bytes, and no character cut in two. */
static size_t clip(const char *text, size_t length)
{
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

const char *schema_object_name(struct arena *arena, const char *first, const char *second, const char *label)
{
    size_t one = strlen(first), two = second == NULL ? 0 : strlen(second);
    size_t over = strlen(label) + 1 + (second != NULL);
    size_t room = over < NAME_BYTES ? NAME_BYTES - over : 0;
    while (one + two > room)
        (void)(one > two ? one-- : two--);
    one = clip(first, one);
    two = second == NULL ? 0 : clip(second, two);
    char *name = arena_alloc(arena, one + two + strlen(label) + 3), *at = mempcpy(name, first, one);
    *at++ = '_';
    if (second != NULL) {
        at = mempcpy(at, second, two);
        *at++ = '_';
    }
    memcpy(at, label, strlen(label) + 1);
    return name;
}

/* ChooseIndexNameAddition: more than a name holds is not gathered. */
const char *schema_columns_part(struct arena *arena, const struct strings *columns)
{
    struct str part = str_new(arena);
    if (columns->count == 1)
        return columns->at[0];
    vec_each(column, columns) {
        if (part.length > 0)
            str_add_char(&part, '_');
        str_add(&part, *column);
        if (part.length > NAME_BYTES)
            break;
    }
    return part.length == 0 ? "" : part.at;
}

static bool constraint_is_named(const struct schema *schema, const char *key)
{
    return map_find(&schema->constraint_names, key) != NULL;
}

/* Numbers above this one are looked for where the last one was found, so that many names do not take the square of it. */
enum { EXACT = 64 };

/* The label gets a number until nothing has the name. */
static const char *choose(struct schema *schema, const char *namespace, const char *first, const char *second,
                          const char *label, bool relation, bool constraint)
{
    const char *numbered = label;
    char key[KEY_SIZE];
    void **last = NULL;
    for (unsigned pass = 1;; pass++) {
        const char *name = schema_object_name(schema->arena, first, second, numbered);
        schema_key(key, namespace, name);
        if (!(relation && map_find(&schema->relations, key) != NULL) && !(constraint && constraint_is_named(schema, key)))
            return name;
        if (pass == EXACT) {
            const char *plain = schema_object_name(schema->arena, first, second, label);
            last = map_slot(schema->arena, &schema->log->last_numbers, schema_key(key, namespace, plain));
            pass = (unsigned)((uintptr_t)*last > EXACT ? (uintptr_t)*last : EXACT);
        }
        if (last != NULL)
            *last = (void *)(uintptr_t)pass;
        numbered = arena_printf(schema->arena, "%s%u", label, pass);
    }
}

const char *schema_choose_relation(struct schema *schema, const char *namespace, const char *first, const char *second,
                                   const char *label, bool constraint)
{
    return choose(schema, namespace, first, second, label, true, constraint);
}

const char *schema_choose_constraint(struct schema *schema, const char *namespace, const char *first,
                                     const char *second, const char *label)
{
    return choose(schema, namespace, first, second, label, false, true);
}

/* Constraints of two tables may have one name: they are counted, the count standing in the place of the value. */
void schema_count_constraint(struct schema *schema, const char *namespace, const char *name, int by)
{
    char key[KEY_SIZE];
    void **slot = map_slot(schema->arena, &schema->constraint_names, schema_key(key, namespace, name));
    uintptr_t count = (uintptr_t)*slot;
    if (by > 0 || count > 0)
        schema_put(schema, *slot, (void *)(by > 0 ? count + 1 : count - 1));
}
