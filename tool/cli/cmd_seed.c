#include "base/clock.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "flow/seed.h"
#include "text/screen.h"

#include <stdio.h>

static const char *const outcome_names[] = {
    [SEED_APPLIED] = "applied", [SEED_AGAIN] = "applied again", [SEED_UNCHANGED] = "unchanged"};

static void tell_done(void *context, const struct seed *seed)
{
    const struct run *run = context;
    if (option_on(&run->options, OPTION_JSON) || option_on(&run->options, OPTION_QUIET))
        return;
    const char *file = screen_safe(run->arena, seed->file, true);
    if (seed->outcome == SEED_UNCHANGED)
        printf("%s: unchanged%s\n", file, seed->lacks ? "; a migration went down since, and a table that it fills is empty: "
                                                         "--force loads it again" : "");
    else
        printf("%s: %s in %s\n", file, outcome_names[seed->outcome], duration_text(run->arena, seed->duration));
    fflush(stdout);
}

static void print_json(const struct run *run, const struct seeds *seeds)
{
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    json_set_text(document, "environment", config_text(&run->config, SETTING_ENVIRONMENT));
    vec_each(seed, seeds) {
        struct json *object = json_object(run->arena);
        json_set_text(object, "service", seed->service->name);
        json_set_text(object, "file", seed->file);
        json_set_text(object, "outcome", outcome_names[seed->outcome]);
        if (seed->lacks)
            json_set_bool(object, "lacks_rows", true);
        json_set_integer(object, "duration_us", seed->duration);
        json_add(list, object);
    }
    json_set(document, "seeds", list);
    json_log_print(run->arena, document);
}

int cmd_seed(struct run *run, struct err *err)
{
    struct seeds seeds = {0};
    struct targets targets;
    if (run->catalog.plain) {
        err_set(err, ERR_USAGE, "seed files belong to services, and --migrations names a single directory");
        return err_hint(err, "leave --migrations out where there is a services directory");
    }
    if (seed_find(run->arena, &run->catalog, run->service, &seeds, err) != 0)
        return -1;
    if (seeds.count != 0) {
        if (targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
            return -1;
        int result = seed_run(run->arena, &targets, &seeds, option_on(&run->options, OPTION_FORCE), tell_done, run, err);
        targets_close(&targets);
        if (result != 0)
            return -1;
    }
    if (option_on(&run->options, OPTION_JSON))
        print_json(run, &seeds);
    else if (seeds.count == 0 && !option_on(&run->options, OPTION_QUIET))
        printf("no seed files for the environment %s\n", config_text(&run->config, SETTING_ENVIRONMENT));
    return 0;
}
