/*
 * libFuzzer's door to the reading of scripts: no text makes it crash, spans lie in the text and in order,
 * steps cover the statements, and the tokens do not depend on where windows end.
 */
#include "sql/scan.h"
#include "sql/script.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_steps(const struct script *script)
{
    size_t next = 0;
    vec_each(step, &script->steps) {
        must(step->first == next && step->count > 0 && (step->transaction || step->count == 1));
        next += step->count;
    }
    must(next == script->statements.count);
}

static void check_script(const struct script *script)
{
    size_t end = 0;
    vec_each(statement, &script->statements) {
        must(statement->length > 0 && statement->start >= end && statement->start <= script->length);
        end = statement->start + statement->length;
        must(end <= script->length);
        must(statement->kind != STATEMENT_COMMIT && statement->kind != STATEMENT_CHAIN);
    }
    must((script->mode == SCRIPT_EMPTY || script->mode == SCRIPT_WHOLE) == (script->statements.count == 0));
    must((script->mode == SCRIPT_STEPS || script->mode == SCRIPT_WHOLE) == (script->why != NULL));
    check_steps(script);
}

/* Against windows as small as can be; where a fault is noticed may differ. */
static void check_windows(struct arena *arena, const char *text, size_t length)
{
    struct scan whole, small;
    struct token a, b;
    scan_open(&whole, arena, text, length);
    scan_open(&small, arena, text, length);
    small.size = 1;
    do {
        a = scan_next(&whole);
        b = scan_next(&small);
        if (a.kind == TOKEN_FAULT || b.kind == TOKEN_FAULT)
            break;
        must(a.kind == b.kind && a.start == b.start && a.length == b.length && a.symbol == b.symbol);
        must(a.start + a.length <= length);
    } while (a.kind != TOKEN_END);
    scan_close(&whole);
    scan_close(&small);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct err err = {.arena = &arena};
    struct script script;
    char *text = malloc(size + 1);
    memcpy(text, data, size);
    text[size] = '\0';
    if (script_read(&arena, "fuzz.sql", 1, text, size, &script, &err) == 0) {
        check_script(&script);
        check_windows(&arena, text, size);
    } else {
        must(err.kind == ERR_INPUT && err.message != NULL && err.hint != NULL);
        must(err.place.line > 0 && err.place.column > 0);
    }
    free(text);
    arena_release(&arena);
    return 0;
}
