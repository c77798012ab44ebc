/* Statements of the migrations before, as they were written: what is taken away and comes back needs their text. */
#include "write/generating.h"

#include "base/str.h"

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
