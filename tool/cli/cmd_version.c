#include "base/str.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/run.h"
#include "flow/target.h"
#include "pg/library.h"
#include "sql/grammar.h"

#include <stdio.h>

static void print_program(const struct run *run)
{
    struct json *document = json_log_document(run->arena);
    json_set_text(document, "skein", SKEIN_VERSION);
    json_set_text(document, "libpq", library_version(run->arena));
    json_set_text(document, "grammar", grammar_version);
    if (option_on(&run->options, OPTION_JSON))
        json_log_print(run->arena, document);
    else
        printf("skein %s\nlibpq %s\nlibpg_query with the grammar of PostgreSQL %s\n", SKEIN_VERSION,
               library_version(run->arena), grammar_version);
}

/* golang-migrate's form: "4", "4 (dirty)"; with several services each behind its name. */
static void print_service(const struct run *run, const struct service_state *state)
{
    const char *name = state->service->name;
    bool alone = run->service != NULL || run->catalog.services.count == 1;
    int64_t top = state_top(state);
    const char *version = top == NO_VERSION ? "none" : arena_printf(run->arena, "%lld", (long long)top);
    printf("%s%s%s%s\n", alone ? "" : name, alone ? "" : " ", version, state->dirty ? " (dirty)" : "");
}

static void print_json(const struct run *run, const struct service_states *states)
{
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    for (size_t i = 0; i < states->count; i++) {
        struct json *object = json_object(run->arena);
        int64_t top = state_top(states->at[i]);
        if (run->service != NULL && run->service != states->at[i]->service)
            continue;
        json_set_text(object, "service", states->at[i]->service->name);
        json_set(object, "version",
                 top != NO_VERSION ? json_integer(run->arena, top) : json_text(run->arena, NULL));
        json_set_bool(object, "dirty", states->at[i]->dirty);
        json_add(list, object);
    }
    json_set(document, "services", list);
    json_log_print(run->arena, document);
}

/* golang-migrate exits with 1 where nothing is applied. */
static int print_database(struct run *run, struct err *err)
{
    struct targets targets;
    struct service_states states = {0};
    bool any = false;
    if (run_open(run, NEED_CATALOG, err) != 0 ||
        targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    int status = targets_read(run->arena, &targets, &states, err);
    targets_close(&targets);
    if (status != 0)
        return -1;
    for (size_t i = 0; i < states.count; i++)
        if (run->service == NULL || run->service == states.at[i]->service)
            any = any || state_top(states.at[i]) != NO_VERSION || states.at[i]->dirty;
    if (!any)
        return err_set(err, ERR_FAILED, "no migration is applied");
    if (option_on(&run->options, OPTION_JSON))
        print_json(run, &states);
    else
        for (size_t i = 0; i < states.count; i++)
            if (run->service == NULL || run->service == states.at[i]->service)
                print_service(run, states.at[i]);
    return 0;
}

int cmd_version(struct run *run, struct err *err)
{
    const struct options *options = &run->options;
    bool asks_database = options->text[OPTION_DATABASE] != NULL || options->text[OPTION_MIGRATIONS] != NULL;
    if (asks_database && !option_on(options, OPTION_VERSION))
        return print_database(run, err);
    print_program(run);
    return 0;
}
