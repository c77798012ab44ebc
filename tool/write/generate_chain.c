/* Statements of the migrations before, as they were written: what is taken away and comes back needs their text. */
#include "write/generating.h"

#include "base/str.h"
#include "text/nearest.h"

#include <ctype.h>
#include <string.h>

bool generate_is_about(const struct object_name *name, const char *schema, const char *relation)
{
    return name->name != NULL && strcmp(name->name, relation) == 0 && (name->schema == NULL || strcmp(name->schema, schema) == 0);
}

static void read_half(const struct generation *generation, const struct migration *migration, generate_visit *visit,
                      void *context)
{
    struct arena *arena = generation->arena;
    struct err ignored = {.arena = arena};
    struct actions actions = {0};
    struct action_faults faults = {0};
    char *text;
    size_t length;
    if (migration->up.path == NULL || migration_read(arena, migration, DIRECTION_UP, &text, &length, &ignored) != 0)
        return;
    actions_read(arena, text, length, &actions, &faults);
    vec_each(action, &actions)
        if (action->place == PLACE_STATEMENT && action->kind != ACTION_END)
            visit(context, action, arena_strndup(arena, text + action->start, action->length));
}

void generate_each_action(const struct generation *generation, generate_visit *visit, void *context)
{
    vec_each(migration, &generation->request->service->migrations)
        read_half(generation, *migration, visit, context);
}

/* A view while the statements that make it are looked for. */
struct view_search {
    struct arena *arena;
    const struct relation *view;
    struct strings statements;
};

static bool grants(const struct action *action, const struct relation *relation)
{
    vec_each(name, &action->names)
        if (strcmp(*name, relation->name) == 0 || (str_starts(*name, relation->schema) && str_ends(*name, relation->name)))
            return true;
    return false;
}

/* CREATE begins anew; what is said of the view afterwards belongs to it. */
static void look_for_view(void *context, const struct action *action, const char *statement)
{
    struct view_search *search = context;
    bool about = generate_is_about(&action->name, search->view->schema, search->view->name);
    if (action->kind == ACTION_CREATE_VIEW && about)
        search->statements.count = 0;
    else if (search->statements.count == 0 ||
             !((action->kind == ACTION_GRANT && grants(action, search->view)) ||
               (about && (action->kind == ACTION_COMMENT || action->kind == ACTION_OWNER ||
                          action->kind == ACTION_SET_OPTIONS || action->kind == ACTION_SET_DEFAULT))))
        return;
    if (search->statements.count == 0 || search->statements.at[search->statements.count - 1] != statement)
        *vec_add(search->arena, &search->statements) = statement;
}

struct strings generate_view_statements(const struct generation *generation, const struct relation *view)
{
    struct view_search search = {.arena = generation->arena, .view = view};
    if (view->kind == RELATION_VIEW)
        generate_each_action(generation, look_for_view, &search);
    return search.statements;
}

/* A column while what is said of it is looked for. */
struct column_search {
    struct arena *arena;
    const struct relation *table;
    const char *column;
    struct strings statements;
};

static void look_for_column(void *context, const struct action *action, const char *statement)
{
    struct column_search *search = context;
    bool about = generate_is_about(&action->name, search->table->schema, search->table->name);
    bool said = action->kind == ACTION_COMMENT && about && str_same(action->column, search->column);
    if (action->kind == ACTION_CREATE_TABLE && about)
        search->statements.count = 0;
    if (action->kind == ACTION_GRANT && grants(action, search->table))
        vec_each(column, &action->including)
            said = said || str_same(*column, search->column);
    if (said)
        *vec_add(search->arena, &search->statements) = statement;
}

struct strings generate_column_statements(const struct generation *generation, const struct relation *table,
                                          const char *column)
{
    struct column_search search = {.arena = generation->arena, .table = table, .column = column};
    generate_each_action(generation, look_for_column, &search);
    return search.statements;
}

/* --- what keeps a column */

struct keeper_search {
    const struct generation *generation;
    const char *column;
    struct strings keepers;
};

static bool names_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        bool begins = at == text || (!isalnum((unsigned char)at[-1]) && at[-1] != '_');
        if (begins && !isalnum((unsigned char)at[length]) && at[length] != '_')
            return true;
    }
    return false;
}

static void keep(struct keeper_search *search, const char *what, const char *name)
{
    *vec_add(search->generation->arena, &search->keepers) = arena_printf(search->generation->arena, "%s %s", what, name);
}

static void look_for_keepers(void *context, const struct action *action, const char *statement)
{
    struct keeper_search *search = context;
    const struct relation *table = search->generation->existing;
    bool on = generate_is_about(&action->table, table->schema, table->name);
    if (on && action->kind == ACTION_CREATE_POLICY && names_word(statement, search->column))
        keep(search, "policy", action->name.name);
    if (on && action->kind == ACTION_CREATE_TRIGGER && names_word(statement, search->column))
        keep(search, "trigger", action->name.name);
    if (on && action->kind == ACTION_DROP)
        for (size_t i = search->keepers.count; i > 0; i--)
            if (str_ends(search->keepers.at[i - 1], arena_printf(search->generation->arena, " %s", action->name.name)))
                search->keepers.at[i - 1] = search->keepers.at[--search->keepers.count];
}

static void look_for_tables(struct keeper_search *search)
{
    const struct relation *table = search->generation->existing;
    vec_each(column, &table->columns)
        if (!column->dropped && column->generated_text != NULL && names_word(column->generated_text, search->column))
            keep(search, "generated column", column->name);
    vec_each(key, &table->partition_keys)
        if (str_same(key->column, search->column))
            keep(search, "the partitions of", table->name);
    vec_each(other, &table->referencing)
        vec_each(constraint, &(*other)->constraints) {
            const struct strings primary = generate_primary_key(table);
            if (constraint->dropped || constraint->referenced != table || *other == table)
                continue;
            vec_each(column, constraint->referenced_columns.count > 0 ? &constraint->referenced_columns : &primary)
                if (strcmp(*column, search->column) == 0)
                    keep(search, "foreign key", constraint->name);
        }
    vec_each(view, &table->views) {
        struct strings statements = generate_view_statements(search->generation, *view);
        if ((*view)->exists && statements.count > 0 && names_word(statements.at[0], search->column))
            keep(search, "view", (*view)->name);
    }
}

int generate_refuse_kept(const struct generation *generation, struct err *err)
{
    if (strcmp(generation->type.name, "drop-column") != 0 || generation->existing == NULL)
        return 0;
    vec_each(spec, &generation->columns) {
        struct keeper_search search = {.generation = generation, .column = spec->name};
        generate_each_action(generation, look_for_keepers, &search);
        look_for_tables(&search);
        if (search.keepers.count == 0)
            continue;
        err_set(err, ERR_USAGE, "COLUMNS: column \"%s\" of %s.%s is used by %s", spec->name, generation->existing->schema,
                generation->existing->name, words_join(generation->arena, &search.keepers));
        return err_hint(err, "PostgreSQL drops no column that something depends on; drop or change that first, in a "
                             "migration of its own");
    }
    return 0;
}
