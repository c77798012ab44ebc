/* Changing a simulated schema: what the files schema_*.c share.  Nobody else includes it. */
#ifndef SCHEMA_SCHEMA_CHANGE_H
#define SCHEMA_SCHEMA_CHANGE_H

#include "schema/schema.h"
#include "sql/action_copy.h"

struct savepoint {
    const char *name;
    size_t position;               /* in the log */
};
VEC(savepoints, struct savepoint);

struct schema_log {
    struct old_value *values;      /* what was changed, and where the old bytes are */
    size_t count, room;
    char *bytes;
    size_t byte_count, byte_room;
    struct offsets marks;          /* open ones of schema_mark: positions */

    size_t start;                  /* position at the open transaction's begin */
    struct savepoints savepoints;
    bool in_statement;             /* the text has begun, and this is its statement */
    size_t statement;
    size_t altered;                /* number of the last ALTER TABLE statement that was counted */
    struct relation_refs temporaries;   /* of the session */
    struct strings session_path;   /* search_path without SET LOCAL */
    struct type_refs fresh_labels; /* types with new_labels */
    struct type_refs types;        /* all, as made */
    struct function_refs functions;
    size_t maybe_empty;            /* relations before this number in schema->all are not known to be empty */
    size_t visits;                 /* walks over relations so far */
    struct map last_numbers;       /* of names that the server chose: by the name without a number */
    size_t bodies;                 /* of functions, run by the statement so far */
};

/* An action on its way into the schema. */
struct applying {
    struct schema *schema;
    const struct action *action;
    bool maybe;                    /* it may happen or not */
};
typedef void apply_action(const struct applying *applying);

/* Old bytes are kept while somebody may want them back. */
void schema_log_bytes(struct schema *schema, void *address, size_t size);
static inline bool schema_is_logged(const struct schema *schema)
{
    return schema->in_transaction || schema->log->marks.count > 0;
}
static inline void schema_save(struct schema *schema, void *address, size_t size)
{
    if (schema_is_logged(schema))
        schema_log_bytes(schema, address, size);
}
size_t schema_log_position(const struct schema *schema);
void schema_log_back(struct schema *schema, size_t position); /* in a way that an open mark can undo */
void schema_log_settle(struct schema *schema);                /* forgets, when nobody wants anything back */

/* Every change of what the schema holds goes through these: a field, a new element (to be assigned), a key. */
#define schema_put(schema, field, value) \
    (schema_save((schema), &(field), sizeof(field)), (void)((field) = (value)))
#define schema_add(schema, vec)                                                        \
    (schema_save((schema), (vec), sizeof(*(vec))),                                     \
     (vec)->count == (vec)->room                                                       \
         ? (void)0                                                                     \
         : schema_save((schema), &(vec)->at[(vec)->count], sizeof(*(vec)->at)),        \
     vec_add((schema)->arena, vec))
/* Room for exactly so many, in a vec that is still empty. */
#define schema_reserve(schema, vec, most)                                                               \
    ((void)((vec)->at = (most) == 0 ? NULL : arena_alloc((schema)->arena, (most) * sizeof(*(vec)->at))), \
     (void)((vec)->room = (most)))
static inline void schema_map(struct schema *schema, struct map *map, const char *key, void *value)
{
    void **slot = map_slot(schema->arena, map, key);
    schema_put(schema, *slot, value);
}
void schema_remove(struct schema *schema, struct relation_refs *refs, const struct relation *relation);

enum { KEY_SIZE = 256 };
const char *schema_key(char key[KEY_SIZE], const char *schema, const char *name);

/* schema_definition.c */
const char *definition_more(struct schema *schema, const char *before, const char *text); /* behind a semicolon */
void definition_set(const struct applying *applying, struct definitions *definitions, const char *name);
void definition_forget(const struct applying *applying, struct definitions *definitions, const char *name, bool policy);
const char *definition_arguments(struct arena *arena, const struct strings *types); /* "integer, text" */

/* Names: a kept copy; one that the server chooses for a relation or a constraint; and the columns' part of it. */
static inline const char *schema_text(struct schema *schema, const char *text)
{
    return copy_text(schema->arena, text);
}
const char *schema_object_name(struct arena *arena, const char *first, const char *second, const char *label);
const char *schema_choose_relation(struct schema *schema, const char *namespace, const char *first, const char *second,
                                   const char *label, bool constraint);
const char *schema_choose_constraint(struct schema *schema, const char *namespace, const char *first,
                                     const char *second, const char *label);
const char *schema_columns_part(struct arena *arena, const struct strings *columns);
void schema_count_constraint(struct schema *schema, const char *namespace, const char *name, int by);
#endif
