/* What became of tables and views in the end. */
#include "write/doc_fate.h"

#include "review/review.h"
#include "schema/schema.h"

#include <ctype.h>
#include <string.h>

struct finding_fates {
    struct arena *arena;
    const struct catalog *catalog;
    const struct schema **schemas;   /* by number of the service; NULL: it has no migrations */
    struct doc_fates *fates;
};

static const struct doc_fate gone, here;

static char *key_of(struct arena *arena, const struct service *service, const char *schema, const char *name)
{
    return arena_printf(arena, "%zu %s.%s", service->number, schema, name);
}

/* --- is any name taken away? */

static bool is_of_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* "ALTER TABLE t SET SCHEMA s" moves it; "CREATE SCHEMA s" does not. */
static bool takes_names(const char *text, size_t length)
{
    static const char *const words[] = {"drop", "rename", "rollback", "abort"};
    bool set = false;
    for (size_t at = 0, size; at < length; at += size + 1) {
        for (size = 0; at + size < length && is_of_word(text[at + size]); size++)
            ;
        for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
            if (size == strlen(words[i]) && strncasecmp(text + at, words[i], size) == 0)
                return true;
        if (set && size == 6 && strncasecmp(text + at, "schema", size) == 0)
            return true;
        set = size == 0 ? set : size == 3 && strncasecmp(text + at, "set", size) == 0;
    }
    return false;
}

static bool any_takes_names(const struct catalog *catalog)
{
    bool found = false;
    for (size_t i = 0; i < catalog->order.count && !found; i++) {
        const struct migration *migration = catalog->order.at[i];
        struct arena scratch = {0};
        struct err err = {.arena = &scratch};
        char *text;
        size_t length;
        found = migration->up.path != NULL && !migration_is_empty(migration, DIRECTION_UP) &&
                migration_read(&scratch, migration, DIRECTION_UP, &text, &length, &err) == 0 && takes_names(text, length);
        arena_release(&scratch);
    }
    return found;
}

/* --- where they end */

static bool nobody(void *context, const char *path)
{
    (void)context;
    (void)path;
    return false;
}

static int note_schema(void *context, const struct migration *migration, const struct schema *schema)
{
    struct finding_fates *finding = context;
    finding->schemas[migration->service->number] = schema;
    return 0;
}

static bool was_seen(const struct finding_fates *finding, size_t service)
{
    for (size_t i = 0; i < service; i++)
        if (finding->schemas[i] == finding->schemas[service])
            return true;
    return finding->schemas[service] == NULL;
}

static void note_departure(struct finding_fates *finding, const struct departure *departure)
{
    struct arena *arena = finding->arena;
    const struct relation *relation = departure->relation;
    struct doc_fate *fate = arena_new(arena, struct doc_fate);
    *fate = (struct doc_fate){.dropped_by = relation->exists ? NULL : relation->dropped_by};
    if (relation->exists) {
        fate->schema = arena_strdup(arena, relation->schema);
        fate->name = arena_strdup(arena, relation->name);
    }
    map_put(arena, &finding->fates->by_name,
            key_of(arena, relation->created_by->service, departure->schema, departure->name), fate);
}

/* A name that is taken again stands for what has it now. */
static void note_all(void *context)
{
    struct finding_fates *finding = context;
    struct arena *arena = finding->arena;
    for (size_t i = 0; i < finding->catalog->services.count; i++) {
        if (was_seen(finding, i))
            continue;
        vec_each(departure, &finding->schemas[i]->departures)
            if (departure->relation->created_by != NULL)
                note_departure(finding, departure);
        vec_each(one, &finding->schemas[i]->all)
            if ((*one)->exists && !(*one)->temporary && (*one)->created_by != NULL && (*one)->kind <= RELATION_FOREIGN_TABLE)
                map_put(arena, &finding->fates->by_name,
                        key_of(arena, (*one)->created_by->service, (*one)->schema, (*one)->name), (void *)&here);
    }
}

void doc_fates_find(struct arena *arena, const struct catalog *catalog, bool always, struct doc_fates *fates)
{
    struct arena scratch = {0};
    struct rule_set none = {0};
    struct findings unused = {0};
    struct finding_fates finding = {.arena = arena, .catalog = catalog, .fates = fates};
    struct review_watch watch = {.context = &finding, .migration = note_schema, .over = note_all};
    struct review review = {.arena = &scratch, .rules = &none, .findings = &unused, .wants = nobody, .watch = &watch};
    *fates = (struct doc_fates){.kept = !always && !any_takes_names(catalog)};
    if (fates->kept)
        return;
    finding.schemas = arena_alloc(&scratch, (catalog->services.count + 1) * sizeof(*finding.schemas));
    review_catalog(&review, catalog, NULL);
    arena_release(&scratch);
}

const struct doc_fate *doc_fate(const struct doc_fates *fates, const struct service *service, const char *schema,
                                const char *name)
{
    struct arena scratch = {0};
    const struct doc_fate *fate = fates->kept ? &here : map_find(&fates->by_name, key_of(&scratch, service, schema, name));
    arena_release(&scratch);
    return fate == NULL ? &gone : fate == &here ? NULL : fate;
}
