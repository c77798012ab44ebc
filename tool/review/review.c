#include "review/review.h"

#include "review/derived.h"
#include "review/reading.h"
#include "sql/grammar.h"

#include <string.h>

/* Services that share a database share a simulated schema. */
struct world {
    const char *database;
    struct schema schema;
};
VEC(worlds, struct world *);

static void report_empty(const struct review *review, const struct migration *migration, enum direction direction)
{
    const struct half *half = migration_half(migration, direction);
    finding_add(review->arena, review->findings, SEVERITY_NOTE, "empty-half", ERR_INPUT, (struct place){.file = half->path},
                migration->service->name, NULL, "the %s half of %s is empty",
                direction == DIRECTION_UP ? "up" : "down", migration_label(review->arena, migration));
}

static void review_half(const struct review *review, struct schema *schema, const struct migration *migration,
                        enum direction direction, bool is_judged)
{
    const struct half *half = migration_half(migration, direction);
    struct arena scratch = {0};
    struct err err = {.arena = &scratch};
    char *text;
    size_t length;
    if (half->path == NULL || migration_is_empty(migration, direction))
        return;
    int failed = migration_read(&scratch, migration, direction, &text, &length, &err);
    if (!failed && length == 0) {
        if (is_judged)
            report_empty(review, migration, direction);
    } else if (!failed) {
        struct reading reading = {
            .review = review, .scratch = &scratch, .schema = schema,
            .subject = {.path = half->path, .first_line = half->first_line, .text = text, .length = length,
                        .config = &migration->service->config, .service = migration->service->name,
                        .migration = migration, .direction = direction}};
        reading_look(&reading, is_judged);
    } else if (is_judged) {
        struct place place = err.place;
        place.file = arena_strdup(review->arena, half->path);
        finding_add(review->arena, review->findings, SEVERITY_ERROR, "syntax", err.kind, place,
                    migration->service->name, err.hint == NULL ? NULL : arena_strdup(review->arena, err.hint), "%s",
                    err.message);
    }
    arena_release(&scratch);
}

static const char *database_of(struct arena *arena, const struct config *config)
{
    static const enum setting parts[] = {SETTING_DATABASE_URL, SETTING_DATABASE_HOST, SETTING_DATABASE_PORT,
                                         SETTING_DATABASE_NAME};
    const char *database = "";
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (config_text(config, parts[i]) != NULL)
            database = arena_printf(arena, "%s\n%s", database, config_text(config, parts[i]));
    return database;
}

static int server_version_of(const struct config *config)
{
    long long version = config_number(config, SETTING_SERVER_VERSION);
    return version > 0 ? (int)version : grammar_major;
}

static struct schema *world_of(struct arena *arena, struct worlds *worlds, const struct config *config)
{
    const char *database = database_of(arena, config);
    vec_each(world, worlds)
        if (strcmp((*world)->database, database) == 0)
            return &(*world)->schema;
    struct world *world = arena_new(arena, struct world);
    struct strings none = {0};
    world->database = database;
    schema_init(&world->schema, arena, &none, server_version_of(config));
    *vec_add(arena, worlds) = world;
    return &world->schema;
}

static void enter_service(struct arena *arena, struct schema *schema, const struct service *service)
{
    if (schema->service == service->name)
        return;
    schema->service = service->name;
    schema->server_version = server_version_of(&service->config);
    schema->default_path = (struct strings){0};
    if (service->schema != NULL)
        *vec_add(arena, &schema->default_path) = service->schema;
    *vec_add(arena, &schema->default_path) = "public";
}

static bool wants(const struct review *review, const struct half *half)
{
    return half->path != NULL && (review->wants == NULL || review->wants(review->context, half->path));
}

void review_catalog(const struct review *review, const struct catalog *catalog, const struct service *service)
{
    struct arena work = {0};
    struct worlds worlds = {0};
    vec_each(each, &catalog->order) {
        const struct migration *migration = *each;
        bool ours = service == NULL || service == migration->service;
        struct schema *schema = world_of(&work, &worlds, &migration->service->config);
        enter_service(&work, schema, migration->service);
        schema->migration = migration;
        review_half(review, schema, migration, DIRECTION_UP, ours && wants(review, &migration->up));
        if (ours && wants(review, &migration->down)) {
            size_t mark = schema_mark(schema);
            review_half(review, schema, migration, DIRECTION_DOWN, true);
            schema_undo(schema, mark);
        }
        if (ours && review->watch != NULL && review->watch->migration(review->watch->context, migration, schema) != 0)
            break;
    }
    if (review->watch != NULL)
        review->watch->over(review->watch->context);
    if (review->derived != NULL)
        derived_finish(review->derived, review->findings);
    arena_release(&work);
}

/* All of them, or those of `wanted` alone. */
static void replay_all(struct arena *arena, const struct catalog *catalog, struct worlds *worlds,
                       const struct schema *wanted)
{
    struct findings unused = {0};
    const struct review review = {.arena = arena, .findings = &unused};
    vec_each(each, &catalog->order) {
        struct schema *schema = world_of(arena, worlds, &(*each)->service->config);
        if (wanted != NULL && schema != wanted)
            continue;
        enter_service(arena, schema, (*each)->service);
        schema->migration = *each;
        review_half(&review, schema, *each, DIRECTION_UP, false);
    }
}

static void open_fresh(struct arena *arena, struct schema *schema, const struct service *service)
{
    if (service != NULL)
        enter_service(arena, schema, service);
    schema_reset_session(schema);
    schema->migration = NULL;
}

struct schema *review_replay(struct arena *arena, const struct catalog *catalog, const struct service *service)
{
    struct worlds worlds = {0};
    struct schema *wanted = world_of(arena, &worlds, service == NULL ? catalog->config : &service->config);
    replay_all(arena, catalog, &worlds, wanted);
    open_fresh(arena, wanted, service);
    return wanted;
}

struct worlds *review_replay_all(struct arena *arena, const struct catalog *catalog)
{
    struct worlds *worlds = arena_new(arena, struct worlds);
    replay_all(arena, catalog, worlds, NULL);
    return worlds;
}

struct schema *review_world(struct arena *arena, struct worlds *worlds, const struct service *service)
{
    struct schema *schema = world_of(arena, worlds, &service->config);
    open_fresh(arena, schema, service);
    return schema;
}

static void run_setup(const struct review *review, struct arena *scratch, struct schema *schema,
                      const struct config *config, const char *setup)
{
    struct reading reading = {
        .review = review, .scratch = scratch, .schema = schema,
        .subject = {.path = "setup", .first_line = 1, .text = setup, .length = strlen(setup), .config = config}};
    reading_look(&reading, false);
}

void review_text(const struct review *review, const struct config *config, const char *path, const char *text,
                 size_t length, const char *setup)
{
    struct arena scratch = {0};
    struct schema schema;
    struct strings path_names = {0};
    if (config_text(config, SETTING_SCHEMA) != NULL)
        *vec_add(&scratch, &path_names) = config_text(config, SETTING_SCHEMA);
    *vec_add(&scratch, &path_names) = "public";
    schema_init(&schema, &scratch, &path_names, server_version_of(config));
    if (setup != NULL)
        run_setup(review, &scratch, &schema, config, setup);
    struct reading reading = {
        .review = review, .scratch = &scratch, .schema = &schema,
        .subject = {.path = path, .first_line = 1, .text = text, .length = length, .config = config}};
    reading_look(&reading, true);
    arena_release(&scratch);
}
