#include "sql/script.h"

#include "sql/classify.h"
#include "sql/destroy.h"
#include "sql/directive.h"
#include "sql/effect.h"
#include "sql/refuse.h"
#include "sql/split.h"
#include "sql/steps.h"
#include "text/regex.h"

#include <string.h>

/* A script while it is read; `work` is memory for the time of reading. */
struct reading {
    struct arena *arena, work;
    struct script *script;
    struct split split;
    struct directives directives;
    struct indexes own;
    size_t first;  /* where the first statement begins */
};

struct place script_place(const struct script *script, size_t offset)
{
    struct place place = {script->path, script->first_line, 1};
    for (size_t i = 0; i < offset && i < script->length; i++) {
        unsigned char c = (unsigned char)script->text[i];
        if (c == '\n') {
            place.line++;
            place.column = 1;
        } else if ((c & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

char *script_line(struct arena *arena, const struct script *script, size_t offset)
{
    size_t start = offset < script->length ? offset : script->length, end = start;
    while (start > 0 && script->text[start - 1] != '\n')
        start--;
    while (end < script->length && script->text[end] != '\n')
        end++;
    if (end > start && script->text[end - 1] == '\r')
        end--;
    return arena_strndup(arena, script->text + start, end - start);
}

/* What no server could take, whatever its version. */
static int check_bytes(const struct script *script, struct err *err)
{
    const char *text = script->text, *nul = memchr(text, '\0', script->length);
    size_t bad;
    if (script->length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        err_set(err, ERR_INPUT, "the file begins with a byte order mark (BOM)");
        err_hint(err, "save it as UTF-8 without BOM");
        return err_at(err, script->path, script->first_line, 1), -1;
    }
    if (nul != NULL && regex_is_utf8(text, (size_t)(nul - text), &bad)) {
        err_set(err, ERR_INPUT, "a NUL byte, which SQL text cannot hold");
        err_hint(err, "take it out; if the file is UTF-16, save it as UTF-8");
        return refuse_at(script, (size_t)(nul - text), err);
    }
    if (regex_is_utf8(text, script->length, &bad))
        return 0;
    err_set(err, ERR_INPUT, "byte 0x%02X is not valid UTF-8", (unsigned)(unsigned char)text[bad]);
    err_hint(err, bad == 0 && (unsigned char)text[0] >= 0xFE ? "the file looks like UTF-16; save it as UTF-8"
                                                              : "save the file as UTF-8");
    struct place place = script_place(script, bad);
    return err_at(err, place.file, place.line, place.column), -1;
}

bool script_is_text(const char *text, size_t length)
{
    size_t bad;
    return memchr(text, '\0', length) == NULL && regex_is_utf8(text, length, &bad) &&
           (length < 3 || memcmp(text, "\xEF\xBB\xBF", 3) != 0);
}

/* The lexer's refusal of the text at split.scan. */
static int read_fault(struct reading *reading, struct err *err)
{
    struct script *script = reading->script;
    const struct scan *scan = &reading->split.scan;
    const char *near = strstr(scan->fault, " at or near");
    int length = (int)(near != NULL ? (size_t)(near - scan->fault) : strlen(scan->fault));
    if (scan->hint != NULL) {
        err_set(err, ERR_INPUT, "%.*s", length, scan->fault);
        err_hint(err, "%s", scan->hint);
        return refuse_at(script, scan->fault_offset, err);
    }
    script->mode = SCRIPT_WHOLE;
    script->why = arena_printf(reading->arena, "line %d is beyond the SQL that skein knows (%.*s)",
                               script_place(script, scan->fault_offset).line, length, scan->fault);
    script->statements.count = 0;
    script->touches_session = true;
    script->destructive = destroy_in_text(script->text);
    return 0;
}

static void add_statement(struct reading *reading)
{
    struct script *script = reading->script;
    const struct tokens *tokens = &reading->split.tokens;
    const struct token *last = &tokens->at[tokens->count - 1];
    struct statement *statement = vec_add(reading->arena, &script->statements);
    statement->start = tokens->at[0].start;
    statement->length = last->start + last->length - statement->start;
    classify(reading->arena, script->text, tokens, statement);
    statement->repeatable = reading->directives.repeatable;
    if (classify_sets_transaction(script->text, tokens))
        *vec_add(&reading->work, &reading->own) = script->statements.count - 1;
    script->touches_session = script->touches_session || effect_on_session(script->text, tokens);
    script->destructive = script->destructive || destroy_in_statement(script->text, tokens);
}

static int read_all(struct reading *reading, struct err *err)
{
    const struct script *script = reading->script;
    struct split *split = &reading->split;
    for (;;) {
        enum token_kind kind = split_next(split);
        size_t next = split->tokens.count > 0 ? split->tokens.at[0].start : script->length;
        if (next < reading->first)
            reading->first = next;
        if (directive_read(script, &split->comments, reading->first, next, &reading->directives, err) != 0 ||
            refuse_check(script, &split->tokens, err) != 0)
            return -1;
        if (kind == TOKEN_FAULT)
            return read_fault(reading, err);
        if (kind == TOKEN_END)
            return steps_decide(reading->arena, reading->script, &reading->directives, &reading->own, err);
        add_statement(reading);
    }
}

int script_read(struct arena *arena, const char *path, int first_line, const char *text, size_t length,
                struct script *script, struct err *err)
{
    *script = (struct script){.path = path, .text = text, .length = length, .first_line = first_line};
    if (check_bytes(script, err) != 0)
        return -1;
    struct reading reading = {.arena = arena, .script = script, .first = length};
    split_open(&reading.split, &reading.work, text, length);
    int result = read_all(&reading, err);
    split_close(&reading.split);
    arena_release(&reading.work);
    return result;
}
