#include "cli/generate_ask.h"

#include "cli/argument.h"
#include "cli/generate_seed.h"
#include "cli/new_migration.h"
#include "cli/prompt.h"
#include "cli/run.h"
#include "write/generate.h"
#include "text/nearest.h"

#include <stdio.h>
#include <string.h>

struct asking {
    struct run *run;
    struct template_set templates;
    struct migration_type type;
    struct generate_request request;
    struct generation generation;   /* what the answers would make */
    enum parameter parameter;       /* that is asked for */
};

static int check_service(void *context, const char *answer, struct err *err)
{
    struct asking *asking = context;
    return catalog_service(&asking->run->catalog, answer, err) == NULL ? -1 : 0;
}

static int check_type(void *context, const char *answer, struct err *err)
{
    struct asking *asking = context;
    return migration_type_read(&asking->templates, answer, &asking->type, err);
}

static int check_name(void *context, const char *answer, struct err *err)
{
    struct asking *asking = context;
    const char *name;
    return new_migration_name(asking->run->arena, answer, &name, err);
}

/* "-" is none. */
static int check_parameter(void *context, const char *answer, struct err *err)
{
    const struct asking *asking = context;
    return strcmp(answer, "-") == 0 ? 0 : generate_check_answer(&asking->generation, asking->parameter, answer, err);
}

/* As if it had been given on the command line. */
static int ask_option(struct asking *asking, enum option option, const char *question, const char *fallback,
                      int (*check)(void *context, const char *answer, struct err *err), struct err *err)
{
    return asking->run->options.text[option] != NULL
               ? 0 : prompt_ask(asking->run, question, fallback, check, asking, &asking->run->options.text[option], err);
}

static int ask_service(struct asking *asking, struct err *err)
{
    struct run *run = asking->run;
    const struct services *services = &run->catalog.services;
    struct strings names = {0};
    vec_each(service, services)
        *vec_add(run->arena, &names) = (*service)->name;
    if (run->options.text[OPTION_MIGRATIONS] == NULL && services->count > 1) {
        fprintf(stderr, "Services: %s\n", words_join(run->arena, &names));
        if (ask_option(asking, OPTION_SERVICE, "Service", NULL, check_service, err) != 0)
            return -1;
    }
    const char *name = run->options.text[OPTION_SERVICE];
    if (name != NULL && (run->service = catalog_service(&run->catalog, name, err)) == NULL)
        return -1;
    asking->request.service = run->service != NULL ? run->service : services->count == 1 ? services->at[0] : NULL;
    return template_set_open(run->arena, &run->config, asking->request.service, &asking->templates, err);
}

static int ask_type(struct asking *asking, struct err *err)
{
    struct run *run = asking->run;
    struct strings names = {0};
    const char *given = run->options.text[OPTION_TYPE];
    if (given != NULL)
        return migration_type_read(&asking->templates, given, &asking->type, err);
    migration_type_names(&asking->templates, &names);
    vec_each(name, &names) {
        struct migration_type type;
        if (migration_type_read(&asking->templates, *name, &type, err) != 0)
            return -1;
        fprintf(stderr, "  %-14s %s\n", type.name, type.summary);
    }
    return ask_option(asking, OPTION_TYPE, "Type", NULL, check_type, err);
}

/* The example of the type says how a name tells the rest. */
static int ask_name(struct asking *asking, struct err *err)
{
    struct run *run = asking->run;
    const char *question = arena_printf(run->arena, "Name, such as %s", asking->type.example);
    if (argument_text(run, OPTION_NAME) == NULL && ask_option(asking, OPTION_NAME, question, NULL, check_name, err) != 0)
        return -1;
    return new_migration_name(run->arena, argument_text(run, OPTION_NAME), &asking->request.name, err);
}

static int ask_parameter(struct asking *asking, const struct type_parameter *parameter, struct err *err)
{
    struct run *run = asking->run;
    const struct parameter_row *row = &parameter_rows[parameter->parameter];
    const char **text = &asking->request.parameters[parameter->parameter];
    const char *proposal = generate_proposal(&asking->generation, parameter->parameter);
    bool demanded = parameter->required && parameter->unless == NULL;
    const char *question = arena_printf(run->arena, "%s: %s%s", row->name, parameter->about,
                                        demanded ? "" : proposal == NULL ? " (may be empty)" : " (- for none)");
    asking->parameter = parameter->parameter;
    if (prompt_ask(run, question, proposal != NULL || demanded ? proposal : "", check_parameter, asking, text, err) != 0)
        return -1;
    if (*text != NULL && strcmp(*text, "-") == 0)
        *text = NULL;
    run->options.text[OPTION_TABLE + parameter->parameter] = *text;
    return 0;
}

/* The first partitions are of a table that is partitioned. */
static bool is_idle(const struct asking *asking, const struct type_parameter *parameter)
{
    return parameter->parameter == PARAMETER_PARTITION && !parameter->required &&
           asking->request.parameters[PARAMETER_PARTITION_BY] == NULL;
}

/* Those that no option gave; the second time all of them. */
static int ask_parameters(struct asking *asking, bool again, struct err *err)
{
    vec_each(parameter, &asking->type.parameters)
        if (!is_idle(asking, parameter) && (again || asking->request.parameters[parameter->parameter] == NULL) &&
            ask_parameter(asking, parameter, err) != 0)
            return -1;
    return 0;
}

/* As it will be made, but for the number. */
static int try_answers(struct asking *asking, struct err *err)
{
    struct generation generation;
    if (generate_open(asking->run->arena, &asking->request, &generation, err) != 0)
        return -1;
    vec_each(migration, &generation.migrations)
        migration->version = "0";
    if (generate_render(&generation, err) != 0)
        return -1;
    return asking->type.makes_seeds ? 0 : generate_prove(&generation, err);
}

/* What was given whole is asked about only where it is wrong. */
static int ask_until_right(struct asking *asking, bool whole, struct err *err)
{
    struct run *run = asking->run;
    for (bool again = whole, tried = !whole;; again = tried = true) {
        struct err wrong = {.arena = run->arena};
        if (tried && ask_parameters(asking, again, err) != 0)
            return -1;
        if (try_answers(asking, &wrong) == 0 || wrong.kind != ERR_USAGE)
            return 0;
        prompt_refuse(&wrong);
    }
}

int generate_ask(struct run *run, struct err *err)
{
    struct asking asking = {.run = run};
    struct generate_request *request = &asking.request;
    bool whole = argument_text(run, OPTION_NAME) != NULL && run->options.text[OPTION_TYPE] != NULL;
    if (!prompt_is_possible() || option_on(&run->options, OPTION_YES))
        return 0;
    if (run_open(run, NEED_CATALOG | NEED_FINDINGS, err) != 0 || ask_service(&asking, err) != 0 ||
        ask_type(&asking, err) != 0 || ask_name(&asking, err) != 0)
        return -1;
    request->catalog = &run->catalog;
    request->templates = &asking.templates;
    request->environment = run->options.text[OPTION_FOR];
    request->type = asking.type.name;
    for (size_t i = 0; i < PARAMETERS; i++)
        request->parameters[i] = run->options.text[OPTION_TABLE + i];
    if (request->service == NULL)   /* the next step says why */
        return 0;
    if (asking.type.makes_seeds && generate_seed_enter(run, request, err) != 0)
        return -1;
    if (generate_begin(run->arena, request, &asking.generation, err) != 0)
        return -1;
    return ask_until_right(&asking, whole, err);
}
