#include "write/generate_refuse.h"

#include "base/file.h"
#include "base/str.h"
#include "review/review.h"
#include "sql/script.h"

#include <string.h>

static bool is_wanted(const struct type_step *step, const struct data *data)
{
    return (step->when == NULL || data_is_true(data_find(data, step->when))) &&
           (step->unless == NULL || !data_is_true(data_find(data, step->unless)));
}

static void plan_steps(struct generation *generation)
{
    const struct generate_migration probe = {.name = generation->request->name, .version = "0"};
    const struct data *data = generate_data(generation, &probe);
    vec_each(step, &generation->type.steps)
        if (is_wanted(step, data))
            *vec_add(generation->arena, &generation->migrations) = (struct generate_migration){
                .step = step,
                .name = arena_printf(generation->arena, "%s%s", generation->request->name, step->suffix)};
}

int generate_begin(struct arena *arena, const struct generate_request *request, struct generation *generation,
                   struct err *err)
{
    *generation = (struct generation){.arena = arena, .request = request};
    if (migration_type_read(request->templates, request->type, &generation->type, err) != 0)
        return -1;
    generation->schema = review_replay(arena, request->catalog, request->service);
    return 0;
}

static void derive(struct generation *generation, bool unchecked)
{
    memcpy(generation->parameters, generation->request->parameters, sizeof generation->parameters);
    generate_derive(generation, unchecked);
}

const char *generate_proposal(struct generation *generation, enum parameter parameter)
{
    derive(generation, false);
    return generation->parameters[parameter];
}

int generate_open(struct arena *arena, const struct generate_request *request, struct generation *generation,
                  struct err *err)
{
    if (generate_begin(arena, request, generation, err) != 0)
        return -1;
    derive(generation, true);
    if (generate_read(generation, err) != 0)
        return -1;
    plan_steps(generation);
    return 0;
}

/* What is wrong with the SQL, at the place in the template that it comes from. */
static int fail_in_template(const struct generation *generation, const struct source *sql, size_t offset, const char *message,
                            struct err *err)
{
    struct place made = file_place(sql->path, sql->content, offset);
    struct place place = template_place(&generation->request->templates->trace, offset);
    err_set(err, ERR_INPUT, "%s", message);
    err->detail = arena_printf(err->arena, "line %d of the SQL that comes out: %s", made.line,
                               file_line(err->arena, sql->content, sql->length, made.line));
    return err_at(err, place.file, place.line, place.column);
}

/* A template of somebody may make anything; what is no SQL is found before it is in a file. */
static int check_sql(struct generation *generation, const struct generate_migration *migration, const char *template,
                     const char **sql, struct err *err)
{
    struct actions actions = {0};
    struct action_faults faults = {0};
    struct script script;
    const char *shown = arena_printf(generation->arena, "the SQL that %s makes", template);
    struct source source = {shown, *sql, strlen(*sql)};
    if (script_read(generation->arena, shown, 1, *sql, strlen(*sql), &script, err) != 0)
        return -1;
    actions_read(generation->arena, *sql, strlen(*sql), &actions, &faults);
    if (faults.count > 0)
        return fail_in_template(generation, &source, faults.at[0].offset, faults.at[0].message, err);
    if (template == migration->step->up && generate_refuse_actions(generation, &actions, err) != 0)
        return -1;
    if (!migration->step->transaction && script.mode == SCRIPT_TRANSACTION)
        *sql = arena_printf(generation->arena, "-- skein: no-transaction\n%s", *sql);
    return 0;
}

static int render_half(struct generation *generation, const struct generate_migration *migration, const struct data *data,
                       const char *template, const char **sql, struct err *err)
{
    struct str out = str_new(generation->arena);
    str_add(&out, "");
    if (template_set_render(generation->request->templates, template, TEMPLATE_SQL, data, &out, err) != 0)
        return -1;
    *sql = out.at;
    return check_sql(generation, migration, template, sql, err);
}

int generate_render(struct generation *generation, struct err *err)
{
    vec_each(migration, &generation->migrations) {
        const struct data *data = generate_data(generation, migration);
        if (render_half(generation, migration, data, migration->step->up, &migration->up, err) != 0 ||
            (!generation->type.makes_seeds &&
             render_half(generation, migration, data, migration->step->down, &migration->down, err) != 0))
            return -1;
    }
    return 0;
}

int generate_page(struct generation *generation, const struct generate_migration *migration, const char **text,
                  struct err *err)
{
    struct data *data = generate_data(generation, migration);
    struct str out = str_new(generation->arena);
    data_set_text(generation->arena, data, "up", migration->up);
    data_set_text(generation->arena, data, "down", migration->down);
    str_add(&out, "");
    if (template_set_render(generation->request->templates, "migration/page.md", TEMPLATE_PLAIN, data, &out, err) != 0)
        return -1;
    *text = out.at;
    return 0;
}
