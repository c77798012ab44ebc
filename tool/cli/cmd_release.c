#include "base/path.h"
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/new_migration.h"
#include "cli/release_view.h"
#include "cli/run.h"
#include "model/relative.h"
#include "write/release_new.h"

#include <stdio.h>
#include <stdlib.h>

static void print(struct run *run, const char *name, const struct release_parts *parts)
{
    struct json *document = json_log_document(run->arena), *services = json_list(run->arena);
    bool json = option_on(&run->options, OPTION_JSON);
    vec_each(part, parts) {
        struct json *object = json_object(run->arena);
        json_set_text(object, "service", part->service->name);
        json_set_integer(object, "version", (long long)strtoull(part->version, NULL, 10));
        json_set_integer(object, "brings", (long long)part->brings);
        json_set_text(object, "file", part->path);
        json_add(services, object);
        if (!json)
            printf("%s: %s ends with %s, %zu new\n", relative_path(run->arena, path_absolute(run->arena, part->path)),
                   name, part->version, part->brings);
    }
    json_set_text(document, "release", name);
    json_set(document, "services", services);
    if (json)
        json_log_print(run->arena, document);
}

/* What was read before the locks may be old, or have been half written by a run that was killed. */
static int make(struct run *run, const char *name, struct err *err)
{
    struct batch batch = new_migration_batch(run, NULL);
    struct release_parts parts = {0};
    run->findings = (struct findings){0};
    if (run_open(run, NEED_CATALOG | NEED_FINDINGS, err) != 0 || findings_judge(&run->findings, err) != 0 ||
        release_new(run->arena, &run->catalog, run->service, name, &batch, &parts, err) != 0)
        return -1;
    batch.directory = parts.at[0].service->migrations_directory;
    if (new_migration_write(run, &batch, err) != 0)
        return -1;
    print(run, name, &parts);
    return 0;
}

/* While it is made, nobody else may generate a migration, number one anew, or make a release. */
int cmd_release(struct run *run, struct err *err)
{
    const char *name = argument_text(run, OPTION_NAME);
    struct migration_locks locks = {0};
    bool settled;
    if (name == NULL) {
        if (run_open(run, NEED_CATALOG, err) != 0)
            return -1;
        release_view(run);
        return 0;
    }
    if (run_open(run, NEED_CATALOG | NEED_FINDINGS, err) != 0)
        return -1;
    int status = new_migration_lock_all(run, &locks, &settled, err);
    if (status == 0)
        status = make(run, name, err);
    new_migration_unlock(&locks);
    return status;
}
