#include "model/migration.h"

#include "base/hash.h"
#include "model/content.h"
#include "model/service.h"
#include "model/single.h"
#include "text/json.h"

#include <string.h>

static const char *const direction_words[] = {[DIRECTION_UP] = "up", [DIRECTION_DOWN] = "down"};

const struct half *migration_half(const struct migration *migration, enum direction direction)
{
    return direction == DIRECTION_UP ? &migration->up : &migration->down;
}

bool migration_is_empty(const struct migration *migration, enum direction direction)
{
    return direction == DIRECTION_UP && migration->up.path == NULL && migration->service->directory == NULL;
}

static long long size_limit(const struct migration *migration)
{
    return config_number(&migration->service->config, SETTING_MAX_FILE_SIZE);
}

int migration_missing_half(const struct migration *migration, enum direction direction, struct err *err)
{
    const struct half *other = migration_half(migration, direction == DIRECTION_UP ? DIRECTION_DOWN : DIRECTION_UP);
    const char *slash = strrchr(other->path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - other->path + 1);
    err_set(err, ERR_INPUT, "%s has no %s half", migration_label(err->arena, migration), direction_words[direction]);
    err_hint(err, "create %.*s%s.%s.sql", folder, other->path, migration->id, direction_words[direction]);
    return err_at(err, other->path, 0, 0);
}

/* The part of a single file as it is now. */
static int read_part(struct arena *arena, const struct migration *migration, enum direction direction, char **text,
                     size_t *length, struct err *err)
{
    const struct half *half = migration_half(migration, direction);
    struct single single;
    if (content_read(arena, half->path, size_limit(migration), text, length, err) != 0 ||
        single_read(half->path, *text, *length, &single, err) != 0)
        return -1;
    if (!single.marked) {
        err_set(err, ERR_INPUT, "the markers of %s are gone", half->path);
        err_hint(err, "add the lines -- +++++ UP and -- +++++ DOWN");
        return err_at(err, half->path, 0, 0);
    }
    const struct single_part *part = &single.parts[direction];
    *text += part->offset;
    *length = part->length;
    (*text)[part->length] = '\0';
    return 0;
}

int migration_read(struct arena *arena, const struct migration *migration, enum direction direction, char **text,
                   size_t *length, struct err *err)
{
    const struct half *half = migration_half(migration, direction);
    if (migration_is_empty(migration, direction)) {
        *text = arena_strdup(arena, "");
        *length = 0;
        return 0;
    }
    if (half->path == NULL)
        return migration_missing_half(migration, direction, err);
    if (half->length != SIZE_MAX)
        return read_part(arena, migration, direction, text, length, err);
    return content_read(arena, half->path, size_limit(migration), text, length, err);
}

int migration_half_checksum(const struct migration *migration, enum direction direction, char hex[65],
                            struct err *err)
{
    const struct half *half = migration_half(migration, direction);
    hex[0] = '\0';
    if (migration_is_empty(migration, direction))
        sha256_hex("", 0, hex);
    if (half->path == NULL)
        return 0;
    if (half->length == SIZE_MAX)
        return content_checksum(half->path, size_limit(migration), hex, err);
    struct arena scratch = {0};
    char *text;
    size_t length;
    int result = read_part(&scratch, migration, direction, &text, &length, err);
    if (result == 0)
        sha256_hex(text, length, hex);
    arena_release(&scratch);
    return result;
}

int migration_checksum(const struct migration *migration, char hex[65], struct err *err)
{
    return migration_half_checksum(migration, DIRECTION_UP, hex, err);
}

const char *migration_label(struct arena *arena, const struct migration *migration)
{
    if (migration->service->directory == NULL)
        return migration->digits;
    return arena_printf(arena, "%s %s", migration->service->name, migration->digits);
}

static struct json *dependency_list(struct arena *arena, const struct migration *migration)
{
    struct json *list = json_list(arena);
    vec_each(need, &migration->needs) {
        bool own = (*need)->service == migration->service;
        json_add(list, json_text(arena, own ? (*need)->digits : migration_label(arena, *need)));
    }
    return list;
}

const char *declaration_json(struct arena *arena, const struct migration *migration)
{
    const struct declaration *declaration = &migration->declaration;
    struct json *object = json_object(arena), *tables = json_list(arena);
    json_set(object, "dependencies", dependency_list(arena, migration));
    if (declaration->risk_level != NULL)
        json_set_text(object, "risk_level", declaration->risk_level);
    if (declaration->rollback_safe >= 0)
        json_set_bool(object, "rollback_safe", declaration->rollback_safe != 0);
    if (declaration->estimated_duration != NULL)
        json_set_text(object, "estimated_duration", declaration->estimated_duration);
    vec_each(table, &declaration->affects_tables)
        json_add(tables, json_text(arena, *table));
    if (declaration->affects_tables.count != 0)
        json_set(object, "affects_tables", tables);
    if (declaration->migration_type != NULL)
        json_set_text(object, "migration_type", declaration->migration_type);
    if (declaration->description != NULL)
        json_set_text(object, "description", declaration->description);
    return json_print(arena, object, false);
}
