#include "sql/steps.h"

#include "sql/classify.h"
#include "sql/label.h"
#include "sql/refuse.h"

static const char OWN[] = "BEGIN with characteristics of its own";

/* The walk over the statements: those that are kept move to the front. */
struct walk {
    struct arena *arena;
    struct script *script;
    const struct indexes *own;
    size_t own_at;            /* the next of own */
    size_t kept;
    bool open;                /* in a transaction of the file */
    size_t begin;             /* byte offset of its BEGIN, or of the first one of its chain */
    size_t first;             /* its first statement */
    size_t chain, chain_steps; /* the first statement of its chain, and the steps before the chain */
    bool is_own;              /* it, or one before it in the chain, is not like ours */
    size_t transactions;      /* that are kept */
    size_t commit;            /* byte offset of the last end of a transaction */
};

static bool is_own(struct walk *walk, size_t i)
{
    bool found = walk->own_at < walk->own->count && walk->own->at[walk->own_at] == i;
    walk->own_at += found;
    return found;
}

static int line_of(const struct script *script, size_t offset)
{
    return script_place(script, offset).line;
}

/* "CREATE INDEX CONCURRENTLY", "ALTER SYSTEM" */
static const char *name_of(const struct statement *statement)
{
    return statement->kind == STATEMENT_OTHER_NOT_TRANSACTIONAL ? statement->what_object
                                                                 : statement_kind_names[statement->kind];
}

static void keep(struct walk *walk, struct statement statement)
{
    walk->script->statements.at[walk->kept++] = statement;
}

static void add_step(struct walk *walk, struct script_step step)
{
    *vec_add(walk->arena, &walk->script->steps) = step;
}

static void open_transaction(struct walk *walk, const struct statement *begin, bool own)
{
    walk->open = true;
    walk->begin = begin->start;
    walk->first = walk->chain = walk->kept;
    walk->chain_steps = walk->script->steps.count;
    walk->is_own = own;
}

static bool rolls_back(const struct walk *walk, const struct statement *end)
{
    char first = walk->script->text[end->start];
    return first == 'r' || first == 'R' || first == 'a' || first == 'A'; /* ROLLBACK, ABORT */
}

/* The transactions of the chain as one statement, from BEGIN to the last COMMIT. */
static void close_own(struct walk *walk, size_t end)
{
    walk->kept = walk->chain;
    walk->script->steps.count = walk->chain_steps;
    add_step(walk, (struct script_step){.first = walk->kept, .count = 1});
    keep(walk, (struct statement){.start = walk->begin,
                                  .length = end - walk->begin,
                                  .kind = STATEMENT_OTHER_NOT_TRANSACTIONAL,
                                  .what_object = OWN});
}

static void close_transaction(struct walk *walk, const struct statement *end)
{
    bool chain = end->kind == STATEMENT_CHAIN;
    bool empty = walk->kept == walk->first;
    if (walk->is_own && !chain)
        close_own(walk, end->start + end->length);
    else if (!walk->is_own && !empty)
        add_step(walk, (struct script_step){.first = walk->first,
                                            .count = walk->kept - walk->first,
                                            .transaction = true,
                                            .rolled_back = rolls_back(walk, end)});
    walk->transactions += !empty;
    walk->commit = end->start;
    walk->first = walk->kept;
    walk->open = chain;
}

static int refuse_inside(const struct walk *walk, const struct statement *statement, struct err *err)
{
    err_set(err, ERR_INPUT, "%s cannot run inside the file's own transaction, which begins at line %d",
            name_of(statement), line_of(walk->script, walk->begin));
    err_hint(err, "take it out of BEGIN ... COMMIT; the file then runs step by step");
    return refuse_at(walk->script, statement->start, err);
}

static int visit_inside(struct walk *walk, const struct statement *statement, bool own, struct err *err)
{
    switch (statement->kind) {
    case STATEMENT_BEGIN:
        if (own) {
            err_set(err, ERR_INPUT, "BEGIN inside the transaction that begins at line %d",
                    line_of(walk->script, walk->begin));
            err_hint(err, "end that one with COMMIT first, or use SAVEPOINT");
            return refuse_at(walk->script, statement->start, err);
        }
        return 0; /* the server only warns */
    case STATEMENT_COMMIT:
    case STATEMENT_ROLLBACK:
    case STATEMENT_CHAIN:
        close_transaction(walk, statement);
        return 0;
    default:
        if (classify_is_alone(statement->kind))
            return refuse_inside(walk, statement, err);
        walk->is_own |= own;
        keep(walk, *statement);
        return 0;
    }
}

static int visit_outside(struct walk *walk, const struct statement *statement, bool own, struct err *err)
{
    switch (statement->kind) {
    case STATEMENT_BEGIN:
        open_transaction(walk, statement, own);
        return 0;
    case STATEMENT_COMMIT:
    case STATEMENT_ROLLBACK:
    case STATEMENT_CHAIN:
        err_set(err, ERR_INPUT, "%s without BEGIN",
                rolls_back(walk, statement) ? statement_kind_names[STATEMENT_ROLLBACK]
                                            : statement_kind_names[STATEMENT_COMMIT]);
        err_hint(err, "put BEGIN before the statements that it ends, or take it out");
        return refuse_at(walk->script, statement->start, err);
    default:
        add_step(walk, (struct script_step){.first = walk->kept,
                                            .count = 1,
                                            .transaction = !classify_is_alone(statement->kind)});
        keep(walk, *statement);
        return 0;
    }
}

static int walk_all(struct walk *walk, struct err *err)
{
    struct statements *statements = &walk->script->statements;
    for (size_t i = 0; i < statements->count; i++) {
        struct statement statement = statements->at[i];
        bool own = is_own(walk, i);
        if ((walk->open ? visit_inside : visit_outside)(walk, &statement, own, err) != 0)
            return -1;
    }
    if (walk->open) {
        err_set(err, ERR_INPUT, "BEGIN without COMMIT");
        err_hint(err, "add COMMIT; at the end of the transaction, or take BEGIN out");
        return refuse_at(walk->script, walk->begin, err);
    }
    statements->count = walk->kept;
    return 0;
}

/* Why the statements cannot be one transaction; NULL when they can. */
static const char *reason(struct walk *walk, const struct directives *directives)
{
    const struct script *script = walk->script;
    struct arena *arena = walk->arena;
    if (directives->no_transaction)
        return arena_printf(arena, "line %d says no-transaction", line_of(script, directives->no_transaction_at));
    vec_each(step, &script->steps) {
        const struct statement *first = &script->statements.at[step->first];
        if (!step->transaction)
            return arena_printf(arena, "%s at line %d cannot run in a transaction%s", name_of(first),
                                line_of(script, first->start), first->what_object == OWN ? " of ours" : "");
        if (step->rolled_back)
            return arena_printf(arena, "the transaction at line %d is rolled back",
                                line_of(script, first->start));
    }
    if (walk->transactions > 0)
        return script->steps.count == 1 ? NULL
                                        : arena_printf(arena, "the file has its own transactions, and one ends at line %d",
                                                       line_of(script, walk->commit));
    return label_used(arena, script);
}

/* What is in a transaction is done or not done, and nobody has to ask. */
static int check_repeatable(const struct script *script, struct err *err)
{
    vec_each(step, &script->steps)
        for (size_t i = step->first; i < step->first + step->count; i++) {
            const struct statement *statement = &script->statements.at[i];
            if (!statement->repeatable || (!step->transaction && script->mode == SCRIPT_STEPS))
                continue;
            err_set(err, ERR_INPUT, "the directive repeatable has no effect on a statement that runs in a transaction");
            err_hint(err, "take it out: a crash leaves all of a transaction or nothing, and it is run again by itself");
            return refuse_at(script, statement->start, err);
        }
    return 0;
}

int steps_decide(struct arena *arena, struct script *script, const struct directives *directives,
                 const struct indexes *own, struct err *err)
{
    struct walk walk = {.arena = arena, .script = script, .own = own};
    if (walk_all(&walk, err) != 0)
        return -1;
    if (script->statements.count == 0) {
        script->mode = SCRIPT_EMPTY;
        return 0;
    }
    script->why = reason(&walk, directives);
    script->mode = script->why != NULL ? SCRIPT_STEPS : SCRIPT_TRANSACTION;
    return check_repeatable(script, err);
}
