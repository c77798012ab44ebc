#include "model/edited.h"

#include "base/git.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/str.h"

#include <string.h>

enum { SHOWN_OF_CHECKSUM = 12 };

/* ":100644 100644 OLD NEW M": the new one, behind the line with the commit. */
static void collect(struct arena *arena, const char *log, struct strings *commits, struct strings *ids)
{
    const char *commit = NULL;
    for (const char *at = log; *at != '\0'; at += strcspn(at, "\n"), at += *at == '\n') {
        char *line = arena_strndup(arena, at, strcspn(at, "\n")), *rest = line, *word = NULL;
        if (*line != ':') {
            commit = *line == '\0' ? commit : line;
            continue;
        }
        for (int i = 0; i < 4; i++)
            word = strsep(&rest, " ");
        if (word == NULL || commit == NULL || git_is_no_id(word))
            continue;
        *vec_add(arena, commits) = commit;
        *vec_add(arena, ids) = word;
    }
}

/* The text with that checksum among the versions that git has; NULL: none of them. */
static const struct proc_text *find_text(struct arena *arena, const struct migration *migration, struct edited *edited)
{
    struct err err = {.arena = arena};
    struct git git;
    const char *path = path_absolute(arena, migration->up.path), *inside;
    struct strings commits = {0}, ids = {0};
    struct git_texts texts = {0};
    struct proc_text log;
    char hex[65];
    if (git_open(arena, path_directory(arena, path), &git, &err) != 0 || git_path(&git, path, &inside, &err) != 0)
        return NULL;
    const char *const question[] = {"log", "--max-count=100", "--no-renames", "--raw", "--no-abbrev", "--format=%h", "--", inside, NULL};
    if (git_ask(&git, question, &log, &err) != 0)
        return NULL;
    collect(arena, arena_strndup(arena, log.at, log.length), &commits, &ids);
    if (ids.count == 0 || git_contents(&git, &ids, &texts, &err) != 0)
        return NULL;
    for (size_t i = 0; i < texts.count && i < commits.count; i++) {
        sha256_hex(texts.at[i].at, texts.at[i].length, hex);
        if (strcmp(hex, edited->before) == 0) {
            edited->commit = commits.at[i];
            return &texts.at[i];
        }
    }
    return NULL;
}

static struct strings lines_of(struct arena *arena, const char *text, size_t length)
{
    struct strings lines = {0};
    for (size_t at = 0; at < length;) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t size = end == NULL ? length - at : (size_t)(end - text) - at + 1;
        *vec_add(arena, &lines) = arena_strndup(arena, text + at, size);
        at += size;
    }
    return lines;
}

/* Between the lines that both begin with and those that both end with lies every difference. */
static void find_lines(const struct strings *then, const struct strings *now, struct edited *edited)
{
    size_t same = 0, behind = 0, least = then->count < now->count ? then->count : now->count;
    while (same < least && strcmp(then->at[same], now->at[same]) == 0)
        same++;
    while (behind < least - same &&
           strcmp(then->at[then->count - 1 - behind], now->at[now->count - 1 - behind]) == 0)
        behind++;
    edited->first_line = (int)same + 1;
    edited->last_line = (int)(now->count - behind);
}

bool edited_find(struct arena *arena, const struct migration *migration, const char *recorded, struct edited *edited)
{
    struct err err = {.arena = arena};
    char *text;
    size_t length;
    *edited = (struct edited){0};
    if (recorded == NULL || strlen(recorded) != 64 || migration_checksum(migration, edited->now, &err) != 0 ||
        strcmp(edited->now, recorded) == 0)
        return false;
    memcpy(edited->before, recorded, 64);
    bool whole = migration->up.path != NULL && migration->up.length == SIZE_MAX;
    const struct proc_text *then = whole ? find_text(arena, migration, edited) : NULL;
    if (then == NULL || migration_read(arena, migration, DIRECTION_UP, &text, &length, &err) != 0)
        return true;
    struct strings old = lines_of(arena, then->at, then->length), now = lines_of(arena, text, length);
    find_lines(&old, &now, edited);
    return true;
}

const char *edited_text(struct arena *arena, const struct edited *edited)
{
    struct str out = str_new(arena);
    str_add(&out, "the up half");
    if (edited->commit != NULL && edited->last_line > edited->first_line)
        str_addf(&out, ", lines %d to %d", edited->first_line, edited->last_line);
    else if (edited->commit != NULL && edited->last_line == edited->first_line)
        str_addf(&out, ", line %d", edited->first_line);
    else if (edited->commit != NULL)
        str_addf(&out, ", where lines before line %d were taken out", edited->first_line);
    str_addf(&out, "; SHA-256 %.*s… was applied, %.*s… is there", SHOWN_OF_CHECKSUM, edited->before, SHOWN_OF_CHECKSUM, edited->now);
    if (edited->commit != NULL)
        str_addf(&out, "; git has what was applied in commit %.*s", SHOWN_OF_CHECKSUM, edited->commit);
    return out.at;
}
