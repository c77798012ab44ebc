#include "cli/generate_ask.h"

#include "cli/argument.h"
#include "cli/new_migration.h"
#include "cli/prompt.h"
#include "cli/run.h"
#include "write/column_spec.h"
#include "write/migration_type.h"
#include "text/nearest.h"

#include <stdio.h>

struct asking {
    struct run *run;
    struct template_set templates;
    struct migration_type type;
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

static int check_columns(void *context, const char *answer, struct err *err)
{
    struct asking *asking = context;
    struct column_specs specs = {0};
    return column_specs_read(asking->run->arena, "COLUMNS", answer, &specs, err);
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
    const struct service *service = run->service != NULL ? run->service : services->count == 1 ? services->at[0] : NULL;
    return template_set_open(run->arena, &run->config, service, &asking->templates, err);
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

/* What may be left out is told from the name, or has a default of the template's. */
static int ask_parameters(struct asking *asking, struct err *err)
{
    struct arena *arena = asking->run->arena;
    vec_each(parameter, &asking->type.parameters) {
        const struct parameter_row *row = &parameter_rows[parameter->parameter];
        const char *question = arena_printf(arena, "%s (%s; empty: %s)", row->name, parameter->about,
                                            parameter->derive.count > 0 ? "from the name" : "none");
        if (ask_option(asking, OPTION_TABLE + parameter->parameter, question, "",
                       row->form == FORM_COLUMNS ? check_columns : NULL, err) != 0)
            return -1;
    }
    return 0;
}

int generate_ask(struct run *run, struct err *err)
{
    struct asking asking = {.run = run};
    bool named = argument_text(run, OPTION_NAME) != NULL;
    if ((named && run->options.text[OPTION_TYPE] != NULL) || !prompt_is_possible() || option_on(&run->options, OPTION_YES))
        return 0;
    if (run_open(run, NEED_CATALOG | NEED_FINDINGS, err) != 0 || ask_service(&asking, err) != 0 ||
        ask_type(&asking, err) != 0 ||
        (!named && ask_option(&asking, OPTION_NAME, "Name, such as add_user_profiles", NULL, check_name, err) != 0))
        return -1;
    return ask_parameters(&asking, err);
}
