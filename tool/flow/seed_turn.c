/* When a seed file has its turn among those of all services: after the files whose rows its own refer to. */
#include "base/file.h"
#include "flow/seed.h"
#include "review/review.h"
#include "sql/script.h"
#include "write/seed_order.h"

#include <stdint.h>

/* Files by their number in the order of the services, and in each of them the files' own. */
struct turns {
    struct arena *arena;
    const struct seeds *seeds;
    struct seed_tables *tables;
    bool *needs;                  /* of each file: a row, each file that has to be there before it */
    bool *done;
};

static bool needs(const struct turns *turns, size_t file, size_t other)
{
    return turns->needs[file * turns->seeds->count + other] && !turns->done[other];
}

/* What cannot be read fills nothing and refers to nothing; when it runs, it says why. */
static void read_tables(struct turns *turns, const struct catalog *catalog)
{
    struct worlds *worlds = review_replay_all(turns->arena, catalog);
    for (size_t i = 0; i < turns->seeds->count; i++) {
        const struct seed *seed = &turns->seeds->at[i];
        struct schema *schema = review_world(turns->arena, worlds, seed->service);
        struct arena scratch = {0};
        struct err ignored = {.arena = &scratch};
        size_t limit = (size_t)config_number(&seed->service->config, SETTING_MAX_FILE_SIZE), length;
        char *text;
        if (file_read(&scratch, seed->path, limit, &text, &length, &ignored) != 0 ||
            !script_is_text(text, length) || !seed_order_read(turns->arena, schema, text, length, &turns->tables[i]))
            turns->tables[i] = (struct seed_tables){0};
        arena_release(&scratch);
    }
}

static bool refers(const struct seed_tables *from, const struct seed_tables *to)
{
    vec_each(table, &from->referenced)
        if (seed_order_holds(&to->filled, *table))
            return true;
    return false;
}

static void relate(struct turns *turns)
{
    const struct seeds *seeds = turns->seeds;
    for (size_t i = 0; i < seeds->count; i++)
        for (size_t other = 0; other < seeds->count; other++)
            turns->needs[i * seeds->count + other] = seeds->at[i].service == seeds->at[other].service
                                                         ? other < i
                                                         : refers(&turns->tables[i], &turns->tables[other]);
}

/* How many files are to come before it, by way of others, too; with itself. */
static size_t count_needed(const struct turns *turns, size_t file)
{
    struct arena scratch = {0};
    size_t count = 0, total = turns->seeds->count;
    size_t *reached = arena_alloc(&scratch, total * sizeof(*reached));
    bool *seen = arena_alloc(&scratch, total);
    reached[count++] = file;
    seen[file] = true;
    for (size_t i = 0; i < count; i++)
        for (size_t other = 0; other < total; other++)
            if (needs(turns, reached[i], other) && !seen[other]) {
                seen[other] = true;
                reached[count++] = other;
            }
    arena_release(&scratch);
    return count;
}

static bool is_first_of_service(const struct turns *turns, size_t file)
{
    for (size_t i = 0; i < file; i++)
        if (!turns->done[i] && turns->seeds->at[i].service == turns->seeds->at[file].service)
            return false;
    return true;
}

/* In a circle that waits for nothing outside: those behind it need all that it needs, and it besides. */
static size_t break_circle(const struct turns *turns)
{
    size_t best = turns->seeds->count, fewest = SIZE_MAX;
    for (size_t i = 0; i < turns->seeds->count; i++) {
        if (turns->done[i] || !is_first_of_service(turns, i))
            continue;
        size_t count = count_needed(turns, i);
        if (count < fewest) {
            fewest = count;
            best = i;
        }
    }
    return best;
}

static bool is_ready(const struct turns *turns, size_t file)
{
    for (size_t other = 0; other < turns->seeds->count; other++)
        if (needs(turns, file, other))
            return false;
    return true;
}

static size_t next_file(const struct turns *turns)
{
    for (size_t i = 0; i < turns->seeds->count; i++)
        if (!turns->done[i] && is_ready(turns, i))
            return i;
    return break_circle(turns);
}

static bool is_one_service(const struct seeds *seeds)
{
    vec_each(seed, seeds)
        if (seed->service != seeds->at[0].service)
            return false;
    return true;
}

void seed_sort(struct arena *arena, const struct catalog *catalog, struct seeds *seeds)
{
    struct arena scratch = {0};
    struct seeds sorted = {0};
    if (is_one_service(seeds))
        return;
    struct turns turns = {.arena = &scratch, .seeds = seeds};
    turns.tables = arena_alloc(&scratch, seeds->count * sizeof(*turns.tables));
    turns.needs = arena_alloc(&scratch, seeds->count * seeds->count);
    turns.done = arena_alloc(&scratch, seeds->count);
    read_tables(&turns, catalog);
    relate(&turns);
    while (sorted.count < seeds->count) {
        size_t next = next_file(&turns);
        turns.done[next] = true;
        *vec_add(arena, &sorted) = seeds->at[next];
    }
    *seeds = sorted;
    arena_release(&scratch);
}
