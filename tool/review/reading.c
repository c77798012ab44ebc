#include "review/reading.h"

#include "schema/called.h"
#include "review/derived.h"
#include "review/facts.h"
#include "review/judged.h"
#include "sql/grammar.h"

#include <ctype.h>
#include <string.h>

/* --- what a text says */

/* What a newer grammar adds are words. */
static bool starts_word(char c)
{
    return isalpha((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static void report_fault(const struct reading *reading, const struct action_fault *fault)
{
    const struct review *review = reading->review;
    if (fault->hint != NULL) {
        subject_report(review->arena, &reading->subject, review->findings, SEVERITY_ERROR, "syntax", fault->offset, NULL,
                       arena_strdup(review->arena, fault->hint), "%s", fault->message);
        return;
    }
    bool newer = config_number(reading->subject.config, SETTING_SERVER_VERSION) > grammar_major;
    bool exhausted = strstr(fault->message, "memory exhausted") != NULL;
    bool symbol = strstr(fault->message, "at or near") == NULL || exhausted ||
                  fault->offset >= reading->subject.length || !starts_word(reading->subject.text[fault->offset]);
    const char *hint = exhausted ? "it is nested too deeply, for a server too"
                       : newer   ? "the grammar here is that of PostgreSQL %d; a newer server may know it"
                       : symbol  ? NULL
                                 : "if this is newer than PostgreSQL %d, set server_version";
    if (hint != NULL)
        hint = arena_printf(review->arena, hint, grammar_major);
    subject_report(review->arena, &reading->subject, review->findings, newer ? SEVERITY_WARNING : SEVERITY_ERROR,
                   "syntax", fault->offset, NULL, hint, "%s", fault->message);
}

static void report_whole(const struct reading *reading)
{
    const struct review *review = reading->review;
    subject_report(review->arena, &reading->subject, review->findings, SEVERITY_WARNING, "syntax", 0, NULL,
                   "only the server can judge it", "%s", reading->script.why);
}

/* What skein refuses to send, unless a finding at the same place says so already. */
static void report_refusal(const struct reading *reading, size_t first)
{
    const struct review *review = reading->review;
    const struct err *err = &reading->refusal;
    struct place place = err->place;
    place.file = arena_strdup(review->arena, reading->subject.path);
    for (size_t i = first; i < review->findings->count; i++) {
        const struct place *other = &review->findings->at[i].place;
        if (other->line == place.line && other->column == place.column)
            return;
    }
    finding_add(review->arena, review->findings, SEVERITY_ERROR, "syntax", ERR_INPUT, place, reading->subject.service,
                err->hint == NULL ? NULL : arena_strdup(review->arena, err->hint), "%s", err->message);
    review->findings->at[review->findings->count - 1].source_line =
        err->source_line == NULL ? NULL : arena_strdup(review->arena, err->source_line);
}

/* Where script_read stopped for good, what the grammar says there is only an echo. */
static bool is_echo(const struct reading *reading, const struct action_fault *fault)
{
    int line, column;
    lines_find(reading->subject.lines, fault->offset, &line, &column);
    return reading->refusal.kind != ERR_NONE && reading->subject.first_line + line - 1 == reading->refusal.place.line;
}

static size_t count_statements(const struct actions *actions)
{
    size_t count = 0, last = SIZE_MAX;
    vec_each(action, actions) {
        bool control = action->kind == ACTION_BEGIN || action->kind == ACTION_COMMIT || action->kind == ACTION_END;
        count += !control && action->statement != last;
        last = action->statement;
    }
    return count;
}

static bool adds_labels(const struct actions *actions)
{
    vec_each(action, actions)
        if (action->kind == ACTION_ADD_ENUM_VALUE)
            return true;
    return false;
}

/* squawk's words for a file that somebody sends in a transaction, or not. */
static bool assumes_transaction(const struct reading *reading)
{
    const char *text = reading->subject.text;
    if (reading->review->transaction != REVIEW_IN)
        return false;
    return strstr(text, "squawk-disable-assume-in-transaction") == NULL;
}

/* False when the text is not even text. */
static bool read_text(struct reading *reading)
{
    struct subject *subject = &reading->subject;
    bool as_run = reading->review->transaction == REVIEW_AS_RUN;
    reading->refusal = (struct err){.arena = reading->scratch};
    if (script_read(reading->scratch, subject->path, subject->first_line, subject->text, subject->length,
                    &reading->script, &reading->refusal) != 0 && !script_is_text(subject->text, subject->length)) {
        report_refusal(reading, reading->review->findings->count);
        return false;
    }
    if (!as_run)
        err_clear(&reading->refusal);
    actions_read(reading->scratch, subject->text, subject->length, &reading->actions, &reading->faults);
    subject->actions = &reading->actions;
    subject->adds_labels = adds_labels(&reading->actions);
    subject->statements = count_statements(&reading->actions);
    subject->run_transaction = as_run && reading->refusal.kind == ERR_NONE && reading->script.mode == SCRIPT_TRANSACTION;
    subject->assumed_transaction = assumes_transaction(reading);
    return true;
}

/* --- what it does */

/* Twice for each file, which is too often for printf. */
static const char *milliseconds(struct arena *arena, long long value)
{
    char text[24], *at = text + sizeof(text) - sizeof("ms");
    memcpy(at, "ms", sizeof("ms"));
    do
        *--at = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    return arena_strdup(arena, at);
}

/* What the run sets before each file, in a session that is otherwise fresh. */
static void open_session(struct reading *reading)
{
    const struct config *config = reading->subject.config;
    struct schema *schema = reading->schema;
    struct arena *scratch = reading->scratch;
    long long statement = config_number(config, SETTING_STATEMENT_TIMEOUT);
    long long lock = config_number(config, SETTING_LOCK_TIMEOUT);
    if (statement == 0 && reading->subject.run_transaction)
        statement = config_number(config, SETTING_TIMEOUT);
    schema_reset_session(schema);
    if (reading->review->transaction != REVIEW_AS_RUN)
        return;
    if (lock > 0)
        schema_set(schema, "lock_timeout", milliseconds(scratch, lock));
    if (statement > 0)
        schema_set(schema, "statement_timeout", milliseconds(scratch, statement));
}

/* The table that an action is about; of an index, its table. */
static struct relation *table_of(const struct schema *schema, const struct action *action)
{
    static const bool names_table[ACTION_KINDS] = {
        [ACTION_CREATE_INDEX] = true, [ACTION_CREATE_TRIGGER] = true, [ACTION_CREATE_RULE] = true,
        [ACTION_CREATE_POLICY] = true};
    bool elsewhere = names_table[action->kind] || action->object == OBJECT_TRIGGER || action->object == OBJECT_RULE ||
                     action->object == OBJECT_POLICY || action->object == OBJECT_CONSTRAINT;
    const struct object_name *name = elsewhere && action->table.name != NULL ? &action->table : &action->name;
    struct relation *relation = name->name == NULL ? NULL : schema_relation(schema, name);
    return relation != NULL && relation->kind == RELATION_INDEX ? relation->parent : relation;
}

/* What is under way: `judged` is NULL for what is only replayed. */
struct replaying {
    struct called_watch called;   /* first: the schema knows no more of it */
    struct reading *reading;
    struct judged *judged;
    size_t number;                /* of the file's action whose turn it is */
};

static struct situation situation_of(const struct replaying *replaying, const struct action *action,
                                     const struct effect *effect)
{
    const struct reading *reading = replaying->reading;
    return (struct situation){.subject = &reading->subject, .schema = reading->schema, .action = action,
                              .number = replaying->number, .effect = effect,
                              .relation = table_of(reading->schema, action)};
}

static void judge(const struct replaying *replaying, const struct action *action, const struct effect *effect)
{
    const struct review *review = replaying->reading->review;
    struct judged *judged = replaying->judged;
    struct situation situation = situation_of(replaying, action, effect);
    if (judged != NULL)
        rules_judge(review->arena, review->rules, &situation, &judged->findings);
    if (review->watch != NULL && judged != NULL)
        review->watch->see(review->watch->context, &situation);
    if (review->derived != NULL)
        derived_see(review->derived, &situation, judged == NULL ? NULL : &judged->findings);
    if (judged != NULL)
        judged_mark(review->arena, judged, &replaying->reading->subject, action);
}

static void judge_called(struct called_watch *called, const struct action *action)
{
    const struct replaying *replaying = (const struct replaying *)called;
    struct reading *reading = replaying->reading;
    const struct review *review = reading->review;
    struct effect effect;
    effect_of(reading->scratch, reading->schema, action, &effect);
    struct situation situation = situation_of(replaying, action, &effect);
    bool runs = !facts_is_fired_later(&situation);
    if (replaying->judged != NULL) {
        if (runs)
            rules_judge(review->arena, review->rules, &situation, &replaying->judged->findings);
        if (review->derived != NULL)
            derived_called(review->derived, &situation);
        if (review->watch != NULL)
            review->watch->called(review->watch->context, &situation);
        judged_mark(review->arena, replaying->judged, &reading->subject, action);
    }
    if (runs)
        schema_hold(reading->schema, action, &effect);
}

static void replay(struct reading *reading, struct judged *judged)
{
    struct schema *schema = reading->schema;
    struct replaying replaying = {{judge_called}, reading, judged, 0};
    open_session(reading);
    if (reading->subject.run_transaction || reading->subject.assumed_transaction)
        schema_begin(schema);
    schema->called = &replaying.called;
    for (; replaying.number < reading->actions.count; replaying.number++) {
        const struct action *action = &reading->actions.at[replaying.number];
        struct effect effect;
        schema_turn(schema, action);
        effect_of(reading->scratch, schema, action, &effect);
        judge(&replaying, action, &effect);
        schema_hold(schema, action, &effect);
        schema_apply(schema, action);
    }
    schema->called = NULL;
    if (schema->in_transaction)
        schema_commit(schema);
}

static void report_reading(struct reading *reading)
{
    vec_each(fault, &reading->faults)
        if (!is_echo(reading, fault))
            report_fault(reading, fault);
    if (reading->refusal.kind == ERR_NONE && reading->script.mode == SCRIPT_WHOLE)
        report_whole(reading);
}

/* Nobody asks about a setup itself, but what was not understood is missing in the facts. */
static void report_setup(const struct reading *reading)
{
    vec_each(fault, &reading->faults)
        subject_report(reading->review->arena, &reading->subject, reading->review->findings, SEVERITY_WARNING, "syntax",
                       fault->offset, NULL, "what this statement would make is not known to what follows", "%s",
                       fault->message);
}

void reading_look(struct reading *reading, bool is_judged)
{
    const struct review *review = reading->review;
    struct lines lines = lines_new(reading->scratch, reading->subject.text, reading->subject.length);
    struct judged judged = {0};
    size_t first = review->findings->count;
    reading->subject.lines = &lines;
    reading->subject.sizes = review->sizes;
    if (!read_text(reading))
        return;
    if (review->derived != NULL)
        derived_begin(review->derived, &reading->subject);
    replay(reading, is_judged ? &judged : NULL);
    if (review->watch != NULL && is_judged)
        review->watch->half(review->watch->context, &reading->subject, &reading->script);
    if (review->derived != NULL)
        derived_end(review->derived, &reading->subject, is_judged ? review->findings : NULL);
    if (!is_judged) {
        if (reading->subject.migration == NULL)
            report_setup(reading);
        return;
    }
    report_reading(reading);
    judged_settle(review, &reading->subject, &judged);
    if (reading->refusal.kind != ERR_NONE)
        report_refusal(reading, first);
}
