#include "cli/docs_applied.h"

#include "base/file.h"
#include "base/str.h"
#include "flow/target.h"
#include "model/edited.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *duration_text(struct arena *arena, int64_t microseconds)
{
    return microseconds < 1000000 ? arena_printf(arena, "%.1f ms", (double)microseconds / 1e3)
                                  : arena_printf(arena, "%.1f s", (double)microseconds / 1e6);
}

/* "2026-11-21 15:40:12+01", as it is in whichever zone the server speaks of: "2026-11-21 14:40:12Z". */
static const char *in_utc(struct arena *arena, const char *at)
{
    struct tm parts = {0}, utc;
    int hours = 0, minutes = 0, end = 0;
    char sign = '+', text[64];
    if (at == NULL || sscanf(at, "%d-%d-%d %d:%d:%d%c%d%n:%d", &parts.tm_year, &parts.tm_mon, &parts.tm_mday, &parts.tm_hour,
                             &parts.tm_min, &parts.tm_sec, &sign, &hours, &end, &minutes) < 8 || (sign != '+' && sign != '-'))
        return at;
    parts.tm_year -= 1900;
    parts.tm_mon -= 1;
    time_t seconds = timegm(&parts) - (sign == '-' ? -1L : 1L) * (hours * 3600L + minutes * 60L);
    if (gmtime_r(&seconds, &utc) == NULL || strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%SZ", &utc) == 0)
        return at;
    return arena_strdup(arena, text);
}

static void take(struct arena *arena, const struct execution *execution, const struct migration *migration,
                 struct doc_applied *one)
{
    struct edited edited;
    bool gone = str_same(execution->status, "rolled_back");
    one->at = in_utc(arena, gone && execution->rolled_back_at != NULL ? execution->rolled_back_at : execution->applied_at);
    one->by = execution->applied_by;
    one->duration = gone ? NULL : duration_text(arena, execution->duration);
    one->state = gone ? "rolled back" : execution->status;
    if (gone || !edited_find(arena, migration, execution->checksum, &edited))
        return;
    one->state = "edited since";
    one->note = edited_text(arena, &edited);
}

static void note(struct run *run, struct docs_applied *applied, const struct service_state *state,
                 const struct migration *migration)
{
    const struct execution *execution = state_find(state, migration->version);
    if (execution == NULL && !state_applied(state, migration->version))
        return;
    struct doc_applied *one = vec_add(run->arena, &applied->by_number[migration->number]);
    *one = (struct doc_applied){.environment = config_text(&migration->service->config, SETTING_ENVIRONMENT), .state = "applied"};
    if (execution != NULL)
        take(run->arena, execution, migration, one);
}

/* --- what a page says of other environments */

enum { CELLS = 5, LARGEST_PAGE = 64 << 20 };

/* The next cell of a row, as it was before it was made Markdown; `at` is behind a bar.  NULL: the row ends. */
static char *next_cell(struct arena *arena, const char **at)
{
    struct str text = str_new(arena);
    const char *here = *at;
    for (; *here != '|'; here++) {
        if (*here == '\n' || *here == '\0')
            return NULL;
        here += here[0] == '\\' && ispunct((unsigned char)here[1]);
        str_add_char(&text, *here);
    }
    *at = here + 1;
    char *cell = text.length == 0 ? arena_strdup(arena, "") : text.at;
    while (*cell == ' ')
        cell++;
    for (size_t length = strlen(cell); length > 0 && cell[length - 1] == ' ';)
        cell[--length] = '\0';
    return cell;
}

static void recall_row(struct arena *arena, const char *line, const char *asked, struct doc_applications *known)
{
    const char *cells[CELLS] = {NULL};
    for (size_t i = 0; i < CELLS; i++)
        if ((cells[i] = next_cell(arena, &line)) == NULL)
            return;
    if (*cells[0] == '-' || strcmp(cells[0], "environment") == 0 || str_same(cells[0], asked))
        return;
    *vec_add(arena, known) = (struct doc_applied){
        .environment = cells[0], .state = cells[1], .at = cells[2], .by = cells[3], .duration = cells[4]};
}

static void recall(struct arena *arena, const char *path, const char *asked, struct doc_applications *known)
{
    struct err err = {.arena = arena};
    char *text;
    size_t length;
    if (file_kind(path) != FILE_REGULAR || file_read(arena, path, LARGEST_PAGE, &text, &length, &err) != 0)
        return;
    const char *at = strstr(text, "<!-- skein:begin applied -->"), *end = at == NULL ? NULL : strstr(at, "<!-- skein:end applied -->");
    bool ours = false;
    for (; at != NULL && end != NULL && at < end; at += strcspn(at, "\n"), at += *at == '\n') {
        ours = ours || str_starts(at, "| environment | state | at | by | took |");
        if (ours && str_starts(at, "| "))
            recall_row(arena, at + 1, asked, known);
    }
}

static int compare(const void *left, const void *right)
{
    const struct doc_applied *a = left, *b = right;
    return strcmp(a->environment, b->environment);
}

const struct doc_applications *docs_applied_find(struct docs_applied *applied, const struct migration *migration)
{
    struct arena *arena = &applied->scratch;
    const struct service *service = applied->catalog->services.at[migration->service->number];
    const struct migration *same = service_find(service, migration->version);
    const char *asked = config_text(&service->config, SETTING_ENVIRONMENT);
    arena_release(arena);
    struct doc_applications *known = arena_new(arena, struct doc_applications);
    if (applied->page != NULL)
        recall(arena, applied->page(arena, applied->context, migration), asked, known);
    if (same != NULL && str_same(same->environment, migration->environment))
        vec_each(one, &applied->by_number[same->number])
            *vec_add(arena, known) = *one;
    if (known->count > 1)
        qsort(known->at, known->count, sizeof(*known->at), compare);
    return known;
}

int docs_applied_read(struct run *run, struct docs_applied *applied, struct err *err)
{
    struct targets targets;
    struct service_states states = {0};
    applied->catalog = &run->catalog;
    applied->by_number = arena_alloc(run->arena, (run->catalog.order.count + 1) * sizeof(*applied->by_number));
    if (targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    int read = targets_read(run->arena, &targets, &states, err);
    targets_close(&targets);
    if (read != 0)
        return -1;
    vec_each(service, &run->catalog.services)
        vec_each(migration, &(*service)->migrations)
            note(run, applied, states.at[(*service)->number], *migration);
    return 0;
}

void docs_applied_close(struct docs_applied *applied)
{
    arena_release(&applied->scratch);
}
