/* Privileges: which there are, and which a role has already, by the migrations before. */
#include "write/generate_refuse.h"

#include "base/str.h"

#include <string.h>
#include <strings.h>

static const char *const of_table[] = {"select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain",
                                       NULL};
static const char *const of_schema[] = {"usage", "create", NULL};

static bool is_among(const char *word, const char *const words[])
{
    for (size_t i = 0; words[i] != NULL; i++)
        if (strcasecmp(words[i], word) == 0)
            return true;
    return false;
}

static bool is_all(const char *privilege)
{
    static const char *const words[] = {"all", "all privileges", NULL};
    return is_among(privilege, words);
}

static int refuse_word(const char *word, const char *expected, struct err *err)
{
    return err_set(err, ERR_USAGE, "PRIVILEGES: \"%s\" is none that can be given here; expected %s", word, expected);
}

static int check_words(const struct strings *privileges, bool table, struct err *err)
{
    vec_each(word, privileges) {
        if (is_all(*word) && privileges->count > 1)
            return err_set(err, ERR_USAGE, "PRIVILEGES: %s stands alone: it holds the others", *word);
        if (is_all(*word) || is_among(*word, table ? of_table : of_schema))
            continue;
        if (table)
            return refuse_word(*word, "SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER or ALL", err);
        refuse_word(*word, "USAGE, CREATE or ALL", err);
        return err_hint(err, "these are of the schema; TABLE= says which table's it is");
    }
    return 0;
}

/* Whether the role has a privilege at the end of the migrations. */
struct holding {
    const struct generation *generation;
    const char *role, *privilege;
    bool held;
};

/* GRANT … ON t, on s.t, on all tables of s; without a table on the schema. */
static bool is_on(const struct generation *generation, const struct action *action)
{
    const struct relation *table = generation->existing;
    const char *schema = table == NULL ? generate_schema(generation) : table->schema;
    if ((table == NULL) != (action->object == OBJECT_SCHEMA && (action->flags & FLAG_ALL) == 0))
        return false;
    vec_each(name, &action->names) {
        bool whole = table == NULL || (action->flags & FLAG_ALL) != 0;
        const char *dot = strchr(*name, '.');
        if (whole ? strcmp(*name, schema) == 0
                  : strcmp(dot == NULL ? *name : dot + 1, table->name) == 0 &&
                        (dot == NULL || strncmp(*name, schema, (size_t)(dot - *name)) == 0))
            return true;
    }
    return false;
}

static void see_grant(void *context, const struct action *action, const char *statement)
{
    struct holding *holding = context;
    struct arena *arena = holding->generation->arena;
    (void)statement;
    if (action->kind != ACTION_GRANT || action->text2 == NULL || !is_on(holding->generation, action))
        return;
    struct strings roles = clause_split(arena, action->text2, ','), given = clause_split(arena, action->text, ',');
    vec_each(role, &roles)
        vec_each(privilege, &given)
            if (strcmp(*role, holding->role) == 0 &&
                (is_all(*privilege) || strcasecmp(*privilege, holding->privilege) == 0))
                holding->held = (action->flags & FLAG_REVOKE) == 0;
}

static bool is_held(const struct generation *generation, const char *privilege)
{
    struct holding holding = {.generation = generation, .role = generation->names[PARAMETER_ROLE], .privilege = privilege};
    generate_each_action(generation, see_grant, &holding);
    return holding.held;
}

/* ALL are held already where one of them is. */
static bool is_held_in_part(const struct generation *generation)
{
    const char *const *words = generation->existing != NULL ? of_table : of_schema;
    for (size_t i = 0; words[i] != NULL; i++)
        if (is_held(generation, words[i]))
            return true;
    return false;
}

/* Going down would take away what was there before. */
static int refuse_held(const struct generation *generation, const struct strings *privileges, struct err *err)
{
    const struct relation *table = generation->existing;
    vec_each(privilege, privileges) {
        bool all = is_all(*privilege);
        if (!(all ? is_held_in_part(generation) : is_held(generation, *privilege)))
            continue;
        err_set(err, ERR_USAGE, "the migrations before give %s %s on %s%s%s already", generation->names[PARAMETER_ROLE],
                all ? "some privileges" : *privilege, table == NULL ? "the schema " : table->schema, table == NULL ? "" : ".",
                table == NULL ? generate_schema(generation) : table->name);
        return err_hint(err, "going down would take it away; PRIVILEGES= says what is new");
    }
    return 0;
}

/* What a name may say of the schema, besides which one it is. */
static bool is_of_schema(const struct generation *generation, const char *word)
{
    static const char *const words[] = {"usage", "use", "schema", "service", "on", "of", "the", "and", NULL};
    const struct service *service = generation->request->service;
    const char *names = arena_printf(generation->arena, "%s_%s", generate_schema(generation), service->name);
    struct strings parts = generate_words(generation->arena, names);
    bool told = generation->parameters[PARAMETER_PRIVILEGES] != NULL;
    return is_among(word, words) || (told && (is_among(word, of_schema) || is_all(word))) || generate_names_column(&parts, word);
}

/*
 * Without a table it is the schema, which is more than a table: a name that speaks of something else means a table, be
 * it misspelt.
 */
static int refuse_guess(const struct generation *generation, struct err *err)
{
    struct strings words = generate_words(generation->arena, generation->request->name);
    struct strings role = generate_words(generation->arena, generation->names[PARAMETER_ROLE]);
    struct str table = str_new(generation->arena);
    struct object_name name = {0};
    bool to_role = words.count > role.count + 2 && strcmp(words.at[words.count - role.count - 1], "to") == 0;
    size_t end = words.count - (to_role ? role.count + 1 : 0);
    bool rows = false;
    if (generation->existing != NULL || words.count == 0 || strcmp(words.at[0], "grant") != 0)
        return 0;
    for (size_t i = 1; i < end; i++)
        if (is_among(words.at[i], of_table))
            rows = true;
        else if (!is_of_schema(generation, words.at[i]) && !generate_names_column(&role, words.at[i]))
            str_addf(&table, "%s%s", table.length == 0 ? "" : "_", words.at[i]);
    name.name = table.at;
    if (table.length > 0)
        return generate_no_table(generation, PARAMETER_TABLE, &name, err);
    if (!rows)
        return 0;
    err_set(err, ERR_USAGE, "grant: the name \"%s\" does not tell its table", generation->request->name);
    return err_hint(err, "TABLE= says which one it is; of the schema, grant_usage_to_%s tells it", generation->names[PARAMETER_ROLE]);
}

int generate_check_privileges(const struct generation *generation, struct err *err)
{
    static const char *const of_policy[] = {"select", "insert", "update", "delete", "all", NULL};
    const char *text = generation->parameters[PARAMETER_PRIVILEGES];
    bool grants = strcmp(generation->type.name, "grant") == 0, table = generation->existing != NULL;
    struct strings privileges = clause_split(generation->arena, text != NULL ? text : table ? "SELECT" : "USAGE", ',');
    if (strcmp(generation->type.name, "rls-policy") == 0 && text != NULL &&
        (privileges.count != 1 || !is_among(privileges.at[0], of_policy))) {
        err_set(err, ERR_USAGE, "PRIVILEGES: a policy is for one of SELECT, INSERT, UPDATE, DELETE and ALL, not for \"%s\"", text);
        return err_hint(err, "make one policy for each, with a name by OBJECT=");
    }
    if (!grants || generation->names[PARAMETER_ROLE] == NULL)
        return 0;
    if (refuse_guess(generation, err) != 0)
        return -1;
    return check_words(&privileges, table, err) != 0 ? -1 : refuse_held(generation, &privileges, err);
}
