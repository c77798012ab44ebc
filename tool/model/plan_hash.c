/* The hash that names a plan: what would run, on which database, in which state. */
#include "model/plan.h"

#include "base/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const direction_words[] = {[DIRECTION_UP] = "up", [DIRECTION_DOWN] = "down"};

/* Every field with its end, so that no two lists of fields look alike. */
static void add_text(struct sha256 *sha, const char *text)
{
    if (text == NULL)
        text = "";
    sha256_add(sha, text, strlen(text) + 1);
}

static void add_number(struct sha256 *sha, int64_t number)
{
    char text[24];
    snprintf(text, sizeof(text), "%" PRId64, number);
    add_text(sha, text);
}

static int add_step(struct sha256 *sha, const struct step *step, struct err *err)
{
    const struct migration *migration = step->migration;
    char checksum[SHA256_HEX_SIZE];
    if (migration_half_checksum(migration, step->direction, checksum, err) != 0)
        return -1;
    add_text(sha, migration->service->name);
    add_text(sha, migration->id);
    add_text(sha, direction_words[step->direction]);
    add_text(sha, checksum);
    add_text(sha, migration->service->environment.name);
    return 0;
}

static void add_state(struct sha256 *sha, const struct service_state *state)
{
    add_text(sha, state->service->name);
    add_text(sha, state->schema);
    add_number(sha, state->version);
    add_number(sha, state->dirty);
    add_number(sha, state->generation);
    vec_each(row, &state->executions) {
        add_number(sha, (int64_t)row->version);
        add_text(sha, row->migration_id);
        add_text(sha, row->status);
        add_text(sha, row->checksum);
    }
    if (state->open != NULL) {
        add_text(sha, state->open->migration_id);
        add_number(sha, state->open->steps_done);
    }
}

int plan_hash(const struct plan *plan, const struct service_states *states, const char *database_identity,
              char hex[65], struct err *err)
{
    struct sha256 *sha = sha256_open();
    int result = 0;
    add_text(sha, database_identity);
    for (size_t i = 0; i < states->count; i++)
        if (states->at[i] != NULL)
            add_state(sha, states->at[i]);
    for (size_t i = 0; i < plan->steps.count && result == 0; i++)
        result = add_step(sha, &plan->steps.at[i], err);
    sha256_close(sha, hex);
    return result;
}
