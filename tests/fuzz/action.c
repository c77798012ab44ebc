/*
 * libFuzzer's door to the reading of statements: no text makes it crash, places lie in the text, statements come in
 * their order, and what is copied reads the same after the tree is gone.
 */
#include "sql/action.h"
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

static size_t read_all(const char *text)
{
    return text == NULL ? 0 : strlen(text);
}

static size_t check_strings(const struct strings *strings)
{
    size_t bytes = 0;
    vec_each(string, strings)
        bytes += read_all(*string);
    return bytes;
}

static size_t check_expression(const struct expression *expression, size_t size)
{
    size_t bytes = 0;
    if (expression == NULL)
        return 0;
    must(expression->at <= size);
    bytes += check_strings(&expression->columns) + read_all(expression->cast_to);
    vec_each(call, &expression->calls) {
        must(call->at <= size && call->name != NULL);
        bytes += read_all(call->schema) + read_all(call->name) + read_all(call->first);
    }
    vec_each(comparison, &expression->all_of)
        bytes += read_all(comparison->column) + check_strings(&comparison->values);
    return bytes;
}

static size_t check_columns(const struct action *action, size_t size)
{
    size_t bytes = 0;
    vec_each(column, &action->columns) {
        must(column->at <= size && column->name != NULL);
        bytes += read_all(column->name) + read_all(column->type.name) + check_expression(column->default_value, size);
        vec_each(constraint, &column->constraints)
            bytes += check_strings(&constraint->columns) + check_expression(constraint->check, size);
    }
    vec_each(constraint, &action->constraints) {
        must(constraint->at <= size);
        bytes += check_strings(&constraint->columns) + check_expression(constraint->check, size);
    }
    return bytes;
}

static size_t check_action(const struct action *action, size_t size)
{
    must(action->kind < ACTION_KINDS && action->object < OBJECT_KINDS);
    must(action->at <= size && action->name_at <= size && action->start + action->length <= size);
    must(action->assigned_twice.count == action->assigned_at.count);
    vec_each(use, &action->uses)
        must(use->at <= size && use->name.name != NULL);
    vec_each(at, &action->assigned_at)
        must(*at <= size);
    return read_all(action->name.schema) + read_all(action->name.name) + read_all(action->table.name) +
           read_all(action->text) + read_all(action->text2) + read_all(action->column) + check_strings(&action->names) +
           check_expression(action->expression, size) + check_columns(action, size);
}

static void check_text(struct arena *arena, const char *text, size_t size)
{
    struct actions actions = {0};
    struct action_faults faults = {0};
    size_t statement = 0, bytes = 0;
    actions_read(arena, text, size, &actions, &faults);
    must(actions.count > 0 && actions.at[actions.count - 1].kind == ACTION_END);
    vec_each(action, &actions) {
        must(action->statement >= statement);
        statement = action->statement;
        bytes += check_action(action, size);
    }
    vec_each(fault, &faults) {
        must(fault->offset <= size);
        bytes += read_all(fault->message);
    }
    must(bytes < SIZE_MAX); /* so that they are read */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    char *text = malloc(size + 1);
    memcpy(text, data, size);
    text[size] = '\0';
    if (script_is_text(text, size))
        check_text(&arena, text, size);
    free(text);
    arena_release(&arena);
    return 0;
}
