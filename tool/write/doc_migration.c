/* The page of a migration. */
#include "write/docing.h"

#include "base/hash.h"
#include "base/path.h"
#include "sql/secret.h"

#include <string.h>

static const char *full_name(struct doc *doc, const char *schema, const char *name)
{
    return schema == NULL ? name : arena_printf(&doc->page, "%s.%s", schema, name);
}

/* "line 3", "lines 3, 5, 9 …" */
static const char *lines_of(struct arena *arena, const struct risk_reason *reason)
{
    struct str text = str_new(arena);
    str_addf(&text, "line%s %d", reason->further[0] > 0 ? "s" : "", reason->line);
    for (size_t i = 0; i < sizeof(reason->further) / sizeof(*reason->further) && reason->further[i] > 0; i++)
        str_addf(&text, ", %d", reason->further[i]);
    str_add(&text, reason->more ? " …" : "");
    return text.at;
}

static struct data *risk_data(struct doc *doc, const struct doc_half *half)
{
    struct arena *arena = &doc->page;
    const struct risk *risk = &half->risk;
    struct data *map = data_map(arena), *reasons = data_list(arena);
    data_set_text(arena, map, "level", doc_risk_name(half));
    data_set_bool(arena, map, "is_known", half->faults.count == 0);
    vec_each(reason, &risk->reasons) {
        struct data *one = data_add(reasons, data_map(arena));
        data_set_text(arena, one, "level", risk_level_names[reason->level]);
        data_set_text(arena, one, "text", reason->text);
        data_set_integer(arena, one, "line", reason->line);
        data_set_text(arena, one, "lines", lines_of(arena, reason));
        data_set_bool(arena, one, "loses", reason->loses);
    }
    data_set_bool(arena, map, "is_harmless", !risk->doubted && risk->reasons.count == 0);
    data_set(map, "reasons", reasons);
    return map;
}

static const char *section_of(struct doc *doc, const struct service *service, const char *schema, const char *name)
{
    struct arena *arena = &doc->page;
    const struct doc_layout *layout = doc->request->layout;
    return arena_printf(arena, "%s#%s", doc_link(doc, arena, layout->service(arena, layout->context, service)),
                        doc_anchor(arena, schema, name));
}

/* A link to where it is shown in the end, be it under another name; or who dropped it. */
static void set_fate(struct doc *doc, struct data *map, const struct doc_touch *touch, const struct service *from)
{
    struct arena *arena = &doc->page;
    const struct doc_fate nowhere = {0}, same = {.schema = touch->schema, .name = touch->name};
    const struct doc_fate *fate = &nowhere;
    if (touch->service != NULL)
        fate = doc_fate(doc->fates, touch->service, touch->schema, touch->name);
    const struct doc_fate *end = fate == NULL ? &same : fate;
    data_set_text(arena, map, "link", end->name == NULL ? NULL : section_of(doc, touch->service, end->schema, end->name));
    data_set_text(arena, map, "became", fate == NULL || fate->name == NULL ? NULL : full_name(doc, fate->schema, fate->name));
    data_set(map, "dropped_by", end->dropped_by == NULL ? data_text(arena, NULL) : doc_migration_data(doc, end->dropped_by, from));
}

static struct data *touches_data(struct doc *doc, const struct service *from)
{
    struct arena *arena = &doc->page;
    struct data *list = data_list(arena);
    vec_each(touch, &doc->touches) {
        struct data *map = data_add(list, data_map(arena));
        data_set_text(arena, map, "name", full_name(doc, touch->schema, touch->name));
        set_fate(doc, map, touch, from);
    }
    return list;
}

/* --- what going back cannot bring back */

static void add_loss(struct doc *doc, struct phrases *phrases, const char *half, const struct risk_reason *reason,
                     const char *behind)
{
    struct arena *arena = &doc->page;
    struct phrase_parts *parts = &vec_add(arena, phrases)->parts;
    const char *text = reason->text;
    size_t end = reason->name_at + reason->name_length;
    phrase_say(arena, parts, half);
    phrase_say(arena, parts, arena_strndup(arena, text, reason->name_at));
    phrase_code(arena, parts, arena_strndup(arena, text + reason->name_at, reason->name_length));
    phrase_say(arena, parts, text + end);
    phrase_say(arena, parts, behind);
}

static struct data *not_undone_data(struct doc *doc)
{
    const struct doc_half *up = &doc->halves[DIRECTION_UP], *down = &doc->halves[DIRECTION_DOWN];
    struct phrases phrases = {0};
    vec_each(reason, &up->risk.reasons)
        if (reason->loses)
            add_loss(doc, &phrases, "The up half ", reason, ": that data is in backups alone.");
    doc_add_rows_left(doc, &phrases);
    vec_each(phrase, &up->stays)
        *vec_add(&doc->page, &phrases) = *phrase;
    for (size_t i = 0; down->faults.count == 0 && up->faults.count == 0 && i < doc->differences.count; i++)
        *vec_add(&doc->page, &phrases) = doc->differences.at[i];
    vec_each(phrase, &down->stays)
        *vec_add(&doc->page, &phrases) = *phrase;
    vec_each(reason, &down->risk.reasons)
        if (reason->loses)
            add_loss(doc, &phrases, "The down half ", reason, ": what was written there since is lost.");
    return doc_phrases(doc, &phrases);
}

/* --- the page */

static struct data *applied_data(struct doc *doc, const struct migration *migration)
{
    struct arena *arena = &doc->page;
    const struct doc_request *request = doc->request;
    struct data *list = data_list(arena);
    const struct doc_applications *applications =
        request->applied == NULL ? NULL : request->applied(request->applied_context, migration);
    for (size_t i = 0; applications != NULL && i < applications->count; i++) {
        const struct doc_applied *applied = &applications->at[i];
        struct data *map = data_add(list, data_map(arena));
        data_set_text(arena, map, "environment", applied->environment);
        data_set_text(arena, map, "note", applied->note);
        data_set_text(arena, map, "at", applied->at);
        data_set_text(arena, map, "by", applied->by);
        data_set_text(arena, map, "duration", applied->duration);
        data_set_text(arena, map, "state", applied->state);
    }
    return list;
}

static void set_declared(struct arena *arena, struct data *map, const struct migration *migration)
{
    const struct declaration *declaration = &migration->declaration;
    data_set_text(arena, map, "description", doc_description(migration));
    data_set_text(arena, map, "type", declaration->migration_type);
    data_set_text(arena, map, "estimated_duration", declaration->estimated_duration);
    data_set_text(arena, map, "declared_risk", declaration->risk_level);
}

static void set_files(struct doc *doc, struct data *map, const struct migration *migration)
{
    static const char *const keys[][3] = {{"up_file", "up_link", "up_sql"}, {"down_file", "down_link", "down_sql"}};
    struct arena *arena = &doc->page;
    for (enum direction direction = DIRECTION_UP; direction <= DIRECTION_DOWN; direction++) {
        const char *path = migration_half(migration, direction)->path;
        data_set_text(arena, map, keys[direction][0], path == NULL ? NULL : path_base(path));
        data_set_text(arena, map, keys[direction][1],
                      path == NULL ? NULL : doc_link(doc, arena, path_absolute(arena, path_join(arena, doc->here, path))));
        data_set_text(arena, map, keys[direction][2], doc->halves[direction].sql);
    }
}

static void set_release(struct arena *arena, struct data *map, const struct migration *migration)
{
    data_set_text(arena, map, "release", release_of(migration));
    data_set_text(arena, map, "release_label", release_label(arena, migration));
}

static void set_run(struct arena *arena, struct data *map, const struct doc_half *up)
{
    data_set_text(arena, map, "checksum", up->there ? up->checksum : NULL);
    data_set_bool(arena, map, "one_transaction", up->transaction);
    data_set_text(arena, map, "transaction_why", up->transaction ? NULL : up->why);
}

/* What to type, or to copy. */
static const char *rollback_of(struct arena *arena, const struct migration *migration)
{
    const char *service = migration->service->name;
    if (service == NULL || *service == '\0')
        return arena_printf(arena, "skein rollback --migration %s", migration->id);
    return arena_printf(arena, "skein rollback --migration %s --service %s", migration->id, service);
}

struct data *doc_migration(struct doc *doc, const struct migration *migration)
{
    struct arena *arena = &doc->page;
    const struct doc_half *up = &doc->halves[DIRECTION_UP], *down = &doc->halves[DIRECTION_DOWN];
    struct data *page = data_map(arena), *map = doc_migration_data(doc, migration, migration->service);
    data_set(page, "repository", doc_repository(doc));
    data_set(page, "service", doc_service_data(doc, migration->service));
    data_set(page, "migration", map);
    doc_set_environments(doc, map, "elsewhere", migration, false);
    set_declared(arena, map, migration);
    set_files(doc, map, migration);
    set_release(arena, map, migration);
    set_run(arena, map, up);
    struct data *faults = data_set(map, "faults", doc_faults_data(doc));
    data_set_bool(arena, map, "has_faults", data_is_true(faults));
    data_set_text(arena, map, "summary", doc->summaries[migration->number].text);
    data_set(map, "does", doc_phrases(doc, &up->does));
    data_set(map, "undoes", doc_phrases(doc, &down->does));
    data_set(map, "not_undone", not_undone_data(doc));
    data_set_bool(arena, map, "has_down", migration->down.path != NULL);
    data_set_text(arena, map, "rollback", rollback_of(arena, migration));
    data_set(map, "touches", touches_data(doc, migration->service));
    struct data *needs = data_set(map, "depends_on", doc_needs(doc, migration, NULL));
    struct data *needed = data_set(map, "needed_by", doc_needed_by(doc, migration));
    data_set_bool(arena, map, "has_depends_on", data_is_true(needs));
    data_set_bool(arena, map, "has_needed_by", data_is_true(needed));
    data_set(map, "risk", risk_data(doc, up));
    data_set(map, "down_risk", risk_data(doc, down));
    data_set(map, "locks", doc_locks_data(arena, &up->locks.locks));
    data_set(map, "down_locks", doc_locks_data(arena, &down->locks.locks));
    data_set_bool(arena, map, "has_locks", up->locks.locks.count > 0);
    data_set_bool(arena, map, "has_down_locks", down->locks.locks.count > 0);
    data_set_bool(arena, map, "has_touches", doc->touches.count > 0);
    data_set_bool(arena, map, "connected", doc->request->connected);
    struct data *applied = data_set(map, "applied", applied_data(doc, migration));
    data_set_bool(arena, map, "has_applied", data_is_true(applied));
    return page;
}

void doc_half(struct doc *doc, const struct subject *subject, const struct script *script)
{
    struct doc_half *half = &doc->halves[subject->direction];
    if (subject->direction == DIRECTION_DOWN)
        doc_compare(doc);
    half->there = true;
    doc_settle_locks(&half->locks);
    half->transaction = subject->run_transaction || subject->statements == 0;
    half->why = script->why == NULL ? NULL : arena_strdup(&doc->page, script->why);
    sha256_hex(subject->text, subject->length, half->checksum);
    if (doc->request->sql)
        half->sql = arena_strdup(&doc->page, secret_masked(&doc->page, subject->text, subject->length));
}
