#include "review/undeclared.h"

#include "review/derived.h"
#include "review/review.h"
#include "model/reach.h"

#include <ctype.h>
#include <string.h>

/* --- can there be any? */

struct looking {
    struct arena *arena;
    const struct catalog *catalog;
    struct reach *reach;
    struct map owners;          /* schema → service */
};

/* Services that live in one schema use one another without a word. */
static bool share_a_schema(struct looking *looking)
{
    vec_each(service, &looking->catalog->services) {
        const char *schema = (*service)->schema == NULL ? "public" : (*service)->schema;
        if (map_find(&looking->owners, schema) != NULL)
            return true;
        map_put(looking->arena, &looking->owners, schema, *service);
    }
    return false;
}

/* Asked in catalog order, as reach demands. */
static bool skips_one_before(struct looking *looking)
{
    const struct migration **last =
        arena_alloc(looking->arena, (looking->catalog->services.count + 1) * sizeof(*last));
    vec_each(migration, &looking->catalog->order) {
        const struct migration **before = &last[(*migration)->service->number];
        if (*before != NULL && !reach_find(looking->reach, *migration, *before))
            return true;
        *before = *migration;
    }
    return false;
}

static bool is_of_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* A name with other signs in it stands between quotes, and is not seen as a whole: any of its words will do. */
static bool mentions_another(struct looking *looking, const struct migration *migration, const char *text, size_t length)
{
    char word[64];
    for (size_t at = 0, size; at < length; at += size + 1) {
        for (size = 0; at + size < length && (is_of_word(text[at + size]) || text[at + size] == '-'); size++)
            if (size < sizeof(word) - 1)
                word[size] = (char)tolower((unsigned char)text[at + size]);
        word[size < sizeof(word) - 1 ? size : sizeof(word) - 1] = '\0';
        const struct service *owner = size == 0 ? NULL : map_find(&looking->owners, word);
        if (owner != NULL && owner != migration->service && !reach_find_service(looking->reach, migration, owner))
            return true;
    }
    return false;
}

static bool any_mentions_another(struct looking *looking)
{
    bool found = false;
    for (size_t i = 0; i < looking->catalog->order.count && !found; i++) {
        const struct migration *migration = looking->catalog->order.at[i];
        struct arena scratch = {0};
        struct err err = {.arena = &scratch};
        char *text;
        size_t length;
        found = migration->up.path != NULL && !migration_is_empty(migration, DIRECTION_UP) &&
                migration_read(&scratch, migration, DIRECTION_UP, &text, &length, &err) == 0 &&
                mentions_another(looking, migration, text, length);
        arena_release(&scratch);
    }
    return found;
}

static bool is_possible(struct arena *scratch, const struct catalog *catalog)
{
    struct looking looking = {.arena = scratch, .catalog = catalog, .reach = reach_new(scratch, catalog)};
    if (share_a_schema(&looking) || skips_one_before(&looking))
        return true;
    return catalog->services.count > 1 && any_mentions_another(&looking);
}

/* --- which they are */

static bool only_up(void *context, const char *path)
{
    return map_find(context, path) != NULL;
}

static void replay(struct arena *arena, struct arena *scratch, const struct catalog *catalog, struct undeclareds *found)
{
    struct rule_set none = {0};
    struct findings unused = {0};
    struct map ups = {0};
    vec_each(migration, &catalog->order)
        if ((*migration)->up.path != NULL)
            map_put(scratch, &ups, (*migration)->up.path, *migration);
    struct derived *derived = derived_new(scratch, catalog, NULL);
    struct review review = {.arena = scratch, .rules = &none, .findings = &unused, .wants = only_up, .context = &ups,
                            .derived = derived};
    review_catalog(&review, catalog, NULL);
    vec_each(one, derived_undeclareds(derived)) {
        struct undeclared *copy = vec_add(arena, found);
        *copy = *one;
        copy->name = arena_strdup(arena, one->name);
    }
}

void undeclared_find(struct arena *arena, const struct catalog *catalog, struct undeclareds *found)
{
    struct arena scratch = {0};
    if (is_possible(&scratch, catalog))
        replay(arena, &scratch, catalog, found);
    arena_release(&scratch);
}
