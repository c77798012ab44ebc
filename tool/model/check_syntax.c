#include "model/check_syntax.h"

#include "sql/grammar.h"
#include "sql/parse.h"
#include "sql/script.h"

#include <string.h>

struct checking {
    struct arena *arena;
    struct findings *findings;
    const struct config *config;
    const char *service;       /* NULL: none */
};

static bool server_is_newer(const struct checking *checking)
{
    return config_number(checking->config, SETTING_SERVER_VERSION) > grammar_major;
}

static void add(const struct checking *checking, enum severity severity, const struct place *place, const char *line,
                const char *hint, const char *message)
{
    finding_add(checking->arena, checking->findings, severity, "syntax", ERR_INPUT, *place, checking->service, hint, "%s",
                message);
    checking->findings->at[checking->findings->count - 1].source_line = line;
}

static void add_fault(const struct checking *checking, const struct script *script, const struct statement *statement,
                      const struct parse_fault *fault)
{
    struct arena *arena = checking->arena;
    size_t offset = statement->start + fault->offset;
    struct place place = script_place(script, offset);
    place.file = arena_strdup(arena, place.file);
    bool newer = server_is_newer(checking);
    const char *hint = newer ? arena_printf(arena, "the grammar here is that of PostgreSQL %d; a newer server may know it", grammar_major)
                             : arena_printf(arena, "if this is newer than PostgreSQL %d, set server_version", grammar_major);
    add(checking, newer ? SEVERITY_WARNING : SEVERITY_ERROR, &place, script_line(arena, script, offset), hint,
        fault->message);
}

static void check_statements(const struct checking *checking, const struct script *script)
{
    vec_each(statement, &script->statements) {
        struct parse_fault fault;
        if (!parse_accepts(checking->arena, script->text + statement->start, statement->length, &fault))
            add_fault(checking, script, statement, &fault);
    }
}

static void check_whole(const struct checking *checking, const struct script *script)
{
    struct place place = {.file = arena_strdup(checking->arena, script->path), .line = script->first_line};
    add(checking, SEVERITY_WARNING, &place, NULL, "only the server can judge it", script->why);
}

/* `scratch` goes when the caller is done; findings keep copies. */
static void check_text(const struct checking *checking, struct arena *scratch, const char *path, int first_line,
                       const char *text, size_t length)
{
    struct err err = {.arena = checking->arena};
    struct script script;
    if (script_read(scratch, path, first_line, text, length, &script, &err) != 0)
        add(checking, SEVERITY_ERROR, &err.place, err.source_line, err.hint, err.message);
    else if (script.mode == SCRIPT_WHOLE)
        check_whole(checking, &script);
    else
        check_statements(checking, &script);
}

static void check_half(const struct checking *checking, const struct migration *migration, enum direction direction)
{
    const struct half *half = migration_half(migration, direction);
    struct arena scratch = {0};
    struct err err = {.arena = checking->arena};
    char *text;
    size_t length;
    if (half->path == NULL)
        return;
    if (migration_read(&scratch, migration, direction, &text, &length, &err) != 0)
        add(checking, SEVERITY_ERROR, &err.place, err.source_line, err.hint, err.message);
    else
        check_text(checking, &scratch, half->path, half->first_line, text, length);
    arena_release(&scratch);
}

void check_syntax_text(struct arena *arena, const struct config *config, const char *path, const char *text, size_t length,
                       struct findings *findings)
{
    struct arena scratch = {0};
    struct checking checking = {arena, findings, config, NULL};
    check_text(&checking, &scratch, path, 1, text, length);
    arena_release(&scratch);
}

void check_syntax(struct arena *arena, const struct catalog *catalog, const struct service *service,
                  struct findings *findings)
{
    vec_each(one, &catalog->services) {
        struct checking checking = {arena, findings, &(*one)->config, (*one)->name};
        if (service != NULL && service != *one)
            continue;
        vec_each(migration, &(*one)->migrations) {
            check_half(&checking, *migration, DIRECTION_UP);
            check_half(&checking, *migration, DIRECTION_DOWN);
        }
    }
}
