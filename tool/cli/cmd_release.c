#include "base/flock.h"
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

VEC(locks, int);

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

/* In the order of the services' names, as everybody takes them who takes several. */
static int lock_all(struct run *run, struct locks *locks, struct err *err)
{
    vec_each(service, &run->catalog.services) {
        int lock;
        if (run->service != NULL && run->service != *service)
            continue;
        if (new_migration_lock(run, (*service)->migrations_directory, &lock, NULL, err) != 0)
            return -1;
        *vec_add(run->arena, locks) = lock;
    }
    return 0;
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
    struct locks locks = {0};
    if (name == NULL) {
        if (run_open(run, NEED_CATALOG, err) != 0)
            return -1;
        release_view(run);
        return 0;
    }
    if (run_open(run, NEED_CATALOG | NEED_FINDINGS, err) != 0)
        return -1;
    int status = lock_all(run, &locks, err);
    if (status == 0)
        status = make(run, name, err);
    vec_each(lock, &locks)
        flock_release(*lock);
    return status;
}
