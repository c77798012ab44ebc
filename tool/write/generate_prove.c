/* What is generated, carried out on the simulated schema before it is written: is something in its way, or missing? */
#include "write/generate_prove.h"

#include "model/service.h"
#include "review/reading.h"

#include <string.h>

/* A generated half on its way; the first thing that is wrong counts. */
struct proving {
    struct generation *generation;
    const struct generate_migration *migration;
    struct err *err;
    bool failed;
};

static void see(void *context, const struct situation *situation)
{
    struct proving *proving = context;
    struct generation *generation = proving->generation;
    if (!proving->failed)
        proving->failed = generate_find_clash(generation, situation, proving->err) != 0 ||
                          generate_find_lack(generation, situation, proving->err) != 0;
}

/* The bodies of functions are looked at when they are called: nothing here calls one. */
static void see_called(void *context, const struct situation *situation)
{
    (void)context, (void)situation;
}

static void end_half(void *context, const struct subject *subject, const struct script *script)
{
    (void)context, (void)subject, (void)script;
}

/* What validate would end with an error for is not written. */
static int refuse_errors(const struct findings *findings, const struct generate_migration *migration,
                         enum direction direction, struct err *err)
{
    vec_each(finding, findings) {
        if (finding->severity != SEVERITY_ERROR)
            continue;
        err_set(err, ERR_USAGE, "the %s half of %s would be an error of validate: %s%s%s%s",
                direction == DIRECTION_UP ? "up" : "down", migration->name, finding->message,
                finding->rule == NULL ? "" : " [", finding->rule == NULL ? "" : finding->rule, finding->rule == NULL ? "" : "]");
        return finding->hint == NULL ? -1 : err_hint(err, "%s", finding->hint);
    }
    return 0;
}

static int prove_half(struct proving *proving, const struct migration *as, const struct rule_set *rules,
                      enum direction direction)
{
    struct generation *generation = proving->generation;
    struct findings findings = {0};
    struct arena scratch = {0};
    const struct review_watch watch = {.context = proving, .see = see, .called = see_called, .half = end_half};
    const struct review review = {.arena = generation->arena, .rules = rules, .findings = &findings, .watch = &watch};
    const char *text = direction == DIRECTION_UP ? proving->migration->up : proving->migration->down;
    struct reading reading = {
        .review = &review, .scratch = &scratch, .schema = generation->schema,
        .subject = {.path = proving->migration->name, .first_line = 1, .text = text, .length = strlen(text),
                    .config = &as->service->config, .service = as->service->name, .migration = as, .direction = direction}};
    reading_look(&reading, true);
    arena_release(&scratch);
    if (proving->failed)
        return -1;
    return refuse_errors(&findings, proving->migration, direction, proving->err);
}

static int prove_all(struct proving *proving, const struct rule_set *rules)
{
    struct generation *generation = proving->generation;
    struct schema *schema = generation->schema;
    vec_each(migration, &generation->migrations) {
        struct migration *as = arena_new(generation->arena, struct migration);
        *as = (struct migration){.service = (struct service *)generation->request->service, .digits = migration->version,
                                 .name = migration->name, .id = migration->name,
                                 .number = generation->request->catalog->order.count};
        proving->migration = migration;
        schema->migration = as;
        if (prove_half(proving, as, rules, DIRECTION_UP) != 0)
            return -1;
        size_t mark = schema_mark(schema);
        int status = prove_half(proving, as, rules, DIRECTION_DOWN);
        schema_undo(schema, mark);
        if (status != 0)
            return -1;
    }
    return 0;
}

int generate_prove(struct generation *generation, struct err *err)
{
    struct schema *schema = generation->schema;
    struct proving proving = {.generation = generation, .err = err};
    struct rule_set *rules = arena_new(generation->arena, struct rule_set);
    if (rules_read(generation->arena, &generation->request->service->config, rules, err) != 0)
        return -1;
    size_t mark = schema_mark(schema);
    int status = prove_all(&proving, rules);
    schema_undo(schema, mark);
    schema->migration = NULL;
    schema_reset_session(schema);
    return status;
}
