#include "write/choice_note.h"

#include "base/str.h"

enum { MOST_NAMES = 5 };

static void add_hubs(struct str *out, const struct drawing_choice *choice, const char *const *names)
{
    size_t shown = choice->hubs.count > MOST_NAMES ? MOST_NAMES : choice->hubs.count;
    for (size_t i = 0; i < shown; i++)
        str_addf(out, "%s%s", i == 0 ? "" : ", ", names[choice->hubs.at[i]]);
    if (choice->hubs.count > shown)
        str_addf(out, " and %zu more", choice->hubs.count - shown);
}

const char *choice_note(struct arena *arena, const struct drawing_choice *choice, const char *const *names, size_t count,
                        bool elsewhere)
{
    struct str out = str_new(arena);
    if (choice->boxes == 0)
        str_addf(&out, "%zu tables, of which no group is small enough for a picture", count);
    else
        str_addf(&out, "%zu of %zu tables: %zu of the %zu group%s that foreign keys join, the largest that have room",
                 choice->boxes, count, choice->pieces, choice->all_pieces, choice->all_pieces == 1 ? "" : "s");
    if (choice->hubs.count > 0) {
        str_add(&out, ", without ");
        add_hubs(&out, choice, names);
        str_add(&out, choice->hubs.count == 1 ? ", which very many refer to" : ", which very many refer to each");
    }
    str_addf(&out, ". Every table %s names what it refers to and what refers to it.", elsewhere ? "on its service's page" : "below");
    return out.at;
}
