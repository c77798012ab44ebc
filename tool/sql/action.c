#include "sql/action.h"

#include "sql/psql.h"
#include "sql/split.h"
#include "sql/tree_read.h"

#include <string.h>

/* The tree of a longer text would take some thirty times its length at once. */
enum { AT_ONCE = 1 << 20 };

/* A text that does not parse as a whole, statement by statement. */
struct apart {
    struct tree_reading *reading;
    struct action_faults *faults;
    struct arena scratch;
    struct split split;
    char *copy;    /* of the text, with blanks for what is psql's; NULL as long as there is nothing of the kind */
    size_t from;   /* where the split begins */
};

/* After what is psql's a new split begins; a small window, as the next line may be psql's too. */
static void open_split(struct apart *apart, size_t from)
{
    enum { NARROW = 1 << 12 };
    split_open(&apart->split, &apart->scratch, apart->reading->text + from, apart->reading->length - from);
    if (from > 0)
        apart->split.scan.size = NARROW;
    apart->from = from;
}

static void reopen_split(struct apart *apart, size_t from)
{
    split_close(&apart->split);
    arena_release(&apart->scratch);
    open_split(apart, from);
}

static void blank(struct apart *apart, size_t from, size_t end)
{
    struct tree_reading *reading = apart->reading;
    if (apart->copy == NULL)
        reading->text = apart->copy = arena_strndup(reading->arena, reading->text, reading->length);
    for (size_t i = from; i < end; i++)
        if (apart->copy[i] != '\n')
            apart->copy[i] = ' ';
}

static void add_psql_fault(struct apart *apart, size_t offset, const struct err *err)
{
    struct arena *arena = apart->reading->arena;
    *vec_add(arena, apart->faults) =
        (struct action_fault){offset, arena_strdup(arena, err->message), arena_strdup(arena, err->hint)};
}

/* Names a command of psql and takes it out.  \g… sends what stands before it. */
static void take_command(struct apart *apart, size_t at, size_t end)
{
    const char *text = apart->reading->text;
    struct err err = {.arena = &apart->scratch};
    bool sends = text[at + 1] == 'g';
    psql_name_command(text + at, &err);
    add_psql_fault(apart, at, &err);
    blank(apart, at, end);
    if (sends)
        apart->copy[at] = ';';
}

/*
 * Takes the first command out of the statement at hand, which is then to be read again: what the lexer saw behind it
 * may have begun with a quote in its line.  Those in the next lines go with it, since they may be thousands.
 */
static bool take_commands(struct apart *apart)
{
    const struct tree_reading *reading = apart->reading;
    const struct tokens *tokens = &apart->split.tokens;
    const struct token *command = psql_find_command(tokens);
    if (command == NULL)
        return false;
    size_t at = apart->from + command->start, first = apart->from + tokens->at[0].start;
    size_t end = apart->from + psql_command_end(apart->split.scan.text, apart->split.scan.length, tokens, command);
    do {
        take_command(apart, at, end);
        at = end + strspn(reading->text + end, " \t\r\n");
        end = at + strcspn(reading->text + at, "\n");
    } while (reading->text[at] == '\\' && strncmp(reading->text + at, "\\copy", strlen("\\copy")) != 0);
    reopen_split(apart, first);
    return true;
}

static void read_statement(struct apart *apart)
{
    struct tree_reading *reading = apart->reading;
    const struct tokens *tokens = &apart->split.tokens;
    const struct token *first = &tokens->at[0], *last = &tokens->at[tokens->count - 1];
    struct action_fault fault;
    size_t start = apart->from + first->start, length = last->start + last->length - first->start;
    struct arena piece = {0};
    if (!tree_read_piece(reading, start, arena_strndup(&piece, reading->text + start, length), &fault)) {
        *vec_add(reading->arena, apart->faults) = fault;
        reading->statement++;
    }
    arena_release(&piece);
}

/* Data with an apostrophe would be the begin of a string for the lexer. */
static void pass_data(struct apart *apart)
{
    const struct tree_reading *reading = apart->reading;
    const struct tokens *tokens = &apart->split.tokens;
    bool reads;
    if (!psql_copies(cursor_new(apart->split.scan.text, tokens), &reads) || !reads)
        return;
    const struct token *last = &tokens->at[tokens->count - 1];
    size_t from = apart->from + last->start + last->length, end = psql_data_end(reading->text, reading->length, from);
    if (end == from)
        return;
    struct err err = {.arena = &apart->scratch};
    psql_name_copy(&err);
    add_psql_fault(apart, apart->from + tokens->at[0].start, &err);
    blank(apart, from + strcspn(reading->text + from, "\n"), end);
    reopen_split(apart, from);
}

/* So that a fault takes nothing but its own statement away. */
static void read_apart(struct tree_reading *reading, struct action_faults *faults)
{
    struct apart apart = {.reading = reading, .faults = faults};
    enum token_kind kind;
    open_split(&apart, 0);
    do {
        kind = split_next(&apart.split);
        if (take_commands(&apart))
            kind = TOKEN_SYMBOL;
        else if (kind == TOKEN_SYMBOL) {
            read_statement(&apart);
            pass_data(&apart);
        }
    } while (kind == TOKEN_SYMBOL);
    if (kind == TOKEN_FAULT)
        *vec_add(reading->arena, faults) = (struct action_fault){.offset = apart.from + apart.split.scan.fault_offset,
                                                                 .message = arena_strdup(reading->arena, apart.split.scan.fault)};
    split_close(&apart.split);
    arena_release(&apart.scratch);
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
