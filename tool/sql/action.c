#include "sql/action.h"

#include "sql/split.h"
#include "sql/tree_read.h"

/* The tree of a longer text would take some thirty times its length at once. */
enum { AT_ONCE = 1 << 20 };

/* Statement by statement, so that a fault takes nothing but its own statement away. */
static void read_apart(struct tree_reading *reading, struct action_faults *faults)
{
    struct arena scratch = {0};
    struct split split;
    enum token_kind kind;
    split_open(&split, &scratch, reading->text, reading->length);
    while ((kind = split_next(&split)) == TOKEN_SYMBOL) {
        const struct token *first = &split.tokens.at[0], *last = &split.tokens.at[split.tokens.count - 1];
        struct action_fault fault;
        size_t length = last->start + last->length - first->start;
        struct arena piece = {0};
        if (!tree_read_piece(reading, first->start, arena_strndup(&piece, reading->text + first->start, length), &fault)) {
            *vec_add(reading->arena, faults) = fault;
            reading->statement++;
        }
        arena_release(&piece);
    }
    if (kind == TOKEN_FAULT)
        *vec_add(reading->arena, faults) =
            (struct action_fault){split.scan.fault_offset, arena_strdup(reading->arena, split.scan.fault)};
    split_close(&split);
    arena_release(&scratch);
}

void actions_read(struct arena *arena, const char *text, size_t length, struct actions *actions,
                  struct action_faults *faults)
{
    struct tree_reading reading = {.arena = arena, .actions = actions, .text = text, .length = length};
    struct action_fault fault;
    if (length > AT_ONCE || !tree_read_piece(&reading, 0, text, &fault))
        read_apart(&reading, faults);
    *vec_add(arena, actions) = (struct action){.kind = ACTION_END, .statement = reading.statement, .at = length,
                                               .start = length, .name_at = length};
}
