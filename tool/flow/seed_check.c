/* What can be said of seed files before they run. */
#include "base/file.h"
#include "base/str.h"
#include "flow/seed.h"
#include "model/relative.h"
#include "review/review.h"
#include "sql/script.h"

static void add_err(struct arena *arena, const struct service *service, const char *rule, const struct err *err,
                    struct findings *findings)
{
    finding_add(arena, findings, SEVERITY_ERROR, rule, err->kind, err->place, service->name, err->hint, "%s", err->message);
}

/* No rule judges them: they are about migrations.  But a statement that does not parse is one in any file. */
static void check_text(struct arena *arena, const struct seed *seed, const char *path, const char *text, size_t length,
                       struct findings *findings)
{
    static const struct rule_set none;
    const struct review review = {.arena = arena, .rules = &none, .findings = findings};
    struct script script = {0};
    struct err err = {.arena = arena};
    size_t first = findings->count;
    review_text(&review, &seed->service->config, path, text, length, NULL);
    for (size_t i = first; i < findings->count; i++)
        findings->at[i].service = seed->service->name;
    if (findings->count != first || script_read(arena, path, 1, text, length, &script, &err) != 0 ||
        script.mode != SCRIPT_STEPS)
        return;
    finding_add(arena, findings, SEVERITY_ERROR, "syntax", ERR_INPUT, (struct place){.file = path}, seed->service->name,
                "write that into a migration, or leave it out", "a seed file is one transaction: %s",
                script.why != NULL ? script.why : "this one is not");
}

static void check_one(struct arena *arena, const struct seed *seed, bool partial, struct findings *findings)
{
    const struct service *service = seed->service;
    const char *path = relative_path(arena, seed->path);
    struct err err = {.arena = arena};
    char *text;
    size_t length;
    if (file_kind(seed->path) == FILE_NONE) {
        if (!partial)
            finding_add(arena, findings, SEVERITY_ERROR, "missing-file", ERR_INPUT, service->environment.place,
                        service->name, "create it or take it off the list",
                        "there is no seed file \"%s\" in the repository", seed->file);
    } else if (file_read(arena, seed->path, (size_t)config_number(&service->config, SETTING_MAX_FILE_SIZE), &text,
                         &length, &err) != 0) {
        add_err(arena, service, "syntax", &err, findings);
    } else {
        check_text(arena, seed, path, text, length, findings);
    }
}

/* Lists are relative to the root: what lies elsewhere has another one. */
static bool is_inside(struct arena *arena, const char *root, const struct service *service)
{
    return service->directory != NULL && str_starts(path_absolute(arena, service->directory),
                                                    arena_printf(arena, "%s/", path_absolute(arena, root)));
}

void seed_check(struct arena *arena, const struct catalog *catalog, const struct service *service, bool partial,
                struct findings *findings)
{
    vec_each(each, &catalog->services) {
        struct seeds seeds = {0};
        struct err err = {.arena = arena};
        if ((service != NULL && *each != service) || !is_inside(arena, catalog->config->root, *each))
            continue;
        if (seed_find_service(arena, catalog->config->root, *each, &seeds, &err) != 0)
            add_err(arena, *each, "configuration", &err, findings);
        vec_each(seed, &seeds)
            check_one(arena, seed, partial, findings);
    }
}
