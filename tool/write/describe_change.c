/* What sentences say about rows that are written: which, how many, and what becomes of them. */
#include "write/describing.h"

#include "sql/row_change.h"
#include "sql/secret.h"

#include <string.h>
#include <strings.h>

enum { LONGEST_CONDITION = 120 };

/* Behind the last AND or OR of its second half, or behind a word; in a word where there is no other place. */
static size_t place_to_cut(const char *text, size_t most)
{
    size_t word = 0, part = 0, length = most;
    for (size_t i = most / 2; i < most; i++) {
        if (text[i] != ' ')
            continue;
        word = i + 1;
        if ((i >= 4 && strncasecmp(text + i - 4, " and", 4) == 0) || (i >= 3 && strncasecmp(text + i - 3, " or", 3) == 0))
            part = word;
    }
    while (length > 0 && (text[length] & 0xC0) == 0x80)
        length--;
    return part > 0 ? part : word > 0 ? word : length;
}

const char *describe_cut(struct arena *arena, const char *text, size_t most)
{
    text = secret_masked(arena, text, strlen(text));
    if (strnlen(text, most + 1) <= most)
        return text;
    return arena_printf(arena, "%.*s…", (int)place_to_cut(text, most), text);
}

bool say_where(const struct saying *saying)
{
    const struct expression *expression = saying->action->expression;
    return expression != NULL && expression->text != NULL &&
           say_code(saying, describe_cut(saying->arena, expression->text, LONGEST_CONDITION));
}

bool say_rows(const struct saying *saying)
{
    size_t rows = saying->action->rows;
    return say_words(saying, rows == 0 ? "rows" : rows == 1 ? "a row" : arena_printf(saying->arena, "%zu rows", rows));
}

/* What happens to a row that is there already; keys without names are those of the table. */
bool say_on_conflict(const struct saying *saying)
{
    const struct action *action = saying->action;
    bool one = action->rows == 1;
    if (action->on_conflict == 0)
        return false;
    if (action->on_conflict == 'n')
        say_words(saying, one ? "unless it is there already" : "but those that are there already");
    else
        say_words(saying, one ? "and changes it where it is there already" : "and changes those that are there already");
    if (action->keys.count > 0) {
        say_words(saying, " by ");
        say_code(saying, describe_keys(saying->arena, &action->keys));
    }
    return true;
}

bool say_returning(const struct saying *saying)
{
    return saying->action->returning && say_words(saying, saying->action->rows == 1 ? "returns it" : "returns them");
}

bool say_row_changes(const struct saying *saying)
{
    static const struct { unsigned change; const char *word; } words[] = {
        {ROWS_DELETED, "deletes"}, {ROWS_CHANGED, "changes"}, {ROWS_ADDED, "inserts"}};
    unsigned changes = row_changes_of(saying->action);
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if ((changes & words[i].change) == 0)
            continue;
        say_words(saying, words[i].word);
        changes &= ~words[i].change;
        say_words(saying, changes == 0 ? "" : ", ");
    }
    return row_changes_of(saying->action) != 0;
}

void describe_merge(struct arena *arena, struct phrase *phrase, const struct action *action)
{
    vec_each(clause, &action->merge) {
        struct phrase_parts *parts = &phrase_add_detail(arena, phrase)->parts;
        const char *which = clause->matched ? "rows that are found there" : "rows that are not found there";
        phrase_say(arena, parts, clause->change == 'd'   ? "deletes "
                                 : clause->change == 'u' ? "changes "
                                 : clause->change == 'i' ? "inserts "
                                                         : "does nothing about ");
        if (clause->columns.count > 0) {
            phrase_code(arena, parts, describe_names(arena, &clause->columns));
            phrase_say(arena, parts, " of ");
        }
        phrase_say(arena, parts, which);
        if (clause->condition != NULL) {
            phrase_say(arena, parts, ", where ");
            phrase_code(arena, parts, describe_cut(arena, clause->condition, LONGEST_CONDITION));
        }
    }
}
