/* The undo log of a simulated schema: old bytes, newest last, so that taking back costs what was changed. */
#include "schema/schema_change.h"

#include <string.h>

struct old_value {
    void *address;
    size_t size, at;           /* the old bytes, in log->bytes */
};

static struct old_value *add_value(struct schema *schema)
{
    struct schema_log *log = schema->log;
    if (log->count == log->room)
        log->values = vec_grow(schema->arena, log->values, &log->room, sizeof(*log->values));
    return &log->values[log->count++];
}

static size_t add_bytes(struct schema *schema, const void *bytes, size_t size)
{
    struct schema_log *log = schema->log;
    size_t at = log->byte_count;
    while (log->byte_room - at < size)
        log->bytes = vec_grow(schema->arena, log->bytes, &log->byte_room, 1);
    memcpy(log->bytes + at, bytes, size);
    log->byte_count += size;
    return at;
}

void schema_log_bytes(struct schema *schema, void *address, size_t size)
{
    size_t at = add_bytes(schema, address, size);
    *add_value(schema) = (struct old_value){.address = address, .size = size, .at = at};
}

size_t schema_log_position(const struct schema *schema)
{
    return schema->log->count;
}

static void restore(struct schema *schema, const struct old_value *old)
{
    memcpy(old->address, schema->log->bytes + old->at, old->size);
}

/* Nobody wants to come back to where the log is now: the entries go. */
static void back_for_good(struct schema *schema, size_t position)
{
    struct schema_log *log = schema->log;
    while (log->count > position) {
        const struct old_value *old = &log->values[--log->count];
        restore(schema, old);
        log->byte_count = old->at;
    }
}

/* A mark that was taken later must still find its way: what is taken back is logged in its turn. */
void schema_log_back(struct schema *schema, size_t position)
{
    struct schema_log *log = schema->log;
    if (log->marks.count == 0 || log->marks.at[log->marks.count - 1] <= position) {
        back_for_good(schema, position);
        return;
    }
    for (size_t i = log->count; i > position; i--) {
        struct old_value old = log->values[i - 1];
        schema_log_bytes(schema, old.address, old.size);
        restore(schema, &old);
    }
}

void schema_log_settle(struct schema *schema)
{
    if (!schema_is_logged(schema))
        schema->log->count = schema->log->byte_count = 0;
}

size_t schema_mark(struct schema *schema)
{
    size_t position = schema->log->count;
    *vec_add(schema->arena, &schema->log->marks) = position;
    return position;
}

void schema_undo(struct schema *schema, size_t mark)
{
    back_for_good(schema, mark);
    schema_keep(schema, mark);
}

void schema_keep(struct schema *schema, size_t mark)
{
    (void)mark;
    schema->log->marks.count--;
    schema_log_settle(schema);
}
