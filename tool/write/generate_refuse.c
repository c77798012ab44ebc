/* What a generated migration would do for nothing, and what the server would refuse on a partitioned table. */
#include "write/generate_refuse.h"

#include "base/str.h"
#include "text/nearest.h"

#include <string.h>
#include <strings.h>

int generate_refuse_columns(const struct generation *generation, struct err *err)
{
    const struct relation *table = generation->existing;
    if (strcmp(generation->type.name, "not-null") != 0 || table == NULL)
        return 0;
    vec_each(spec, &generation->columns) {
        const struct column *column = generate_column(table, spec->name);
        if (column == NULL || column->not_null != TRUTH_YES)
            continue;
        err_set(err, ERR_USAGE, "COLUMNS: column \"%s\" of %s.%s is NOT NULL already", spec->name, table->schema,
                table->name);
        if (column->migration == NULL)
            return err_hint(err, "leave it out");
        return err_hint(err, "leave it out; %s added it", migration_label(generation->arena, column->migration));
    }
    return 0;
}

static int refuse_expression(const struct generation *generation, enum parameter parameter, const char *text, struct err *err)
{
    const struct relation *table = generation->existing;
    const struct expression *value = text == NULL ? NULL : clause_expression(generation->arena, text);
    if (value == NULL || value->opaque)
        return 0;
    vec_each(name, &value->columns)
        if (!generate_has_column(table, *name))
            return generate_no_column(generation, parameter, table, *name, err);
    return 0;
}

int generate_refuse_expressions(const struct generation *generation, struct err *err)
{
    const struct relation *table = generation->existing;
    if (table == NULL || !table->complete || generation->type.existing_table != DEMAND_YES)
        return 0;
    if (refuse_expression(generation, PARAMETER_EXPRESSION, generation->parameters[PARAMETER_EXPRESSION], err) != 0 ||
        refuse_expression(generation, PARAMETER_DEFAULT, generation->parameters[PARAMETER_DEFAULT], err) != 0)
        return -1;
    vec_each(spec, &generation->columns)
        if (refuse_expression(generation, PARAMETER_COLUMNS, spec->default_value, err) != 0)
            return -1;
    return 0;
}

static bool takes_word(const struct generation *generation, const char *word)
{
    vec_each(taken, &generation->type.column_words)
        if (strcmp(*taken, word) == 0)
            return true;
    return false;
}

static int refuse_words(const struct generation *generation, const struct column_spec *spec, struct err *err)
{
    const struct {
        const char *word;
        bool said;
    } words[] = {{"not-null", spec->not_null}, {"unique", spec->unique}, {"primary-key", spec->primary_key},
                 {"index", spec->index}, {"default", spec->default_value != NULL},
                 {"references", spec->references.name != NULL}, {"on-delete", spec->on_delete != NULL}};
    const struct strings *taken = &generation->type.column_words;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!words[i].said || takes_word(generation, words[i].word))
            continue;
        err_set(err, ERR_USAGE, "COLUMNS: column \"%s\": a migration of type %s does nothing with %s", spec->name,
                generation->type.name, words[i].word);
        if (taken->count == 0)
            return err_hint(err, "leave it out");
        return err_hint(err, "leave it out; behind a column stands %s", words_join(generation->arena, taken));
    }
    return 0;
}

int generate_refuse_words(const struct generation *generation, struct err *err)
{
    if (generation->type.limits_words)
        vec_each(spec, &generation->columns)
            if (refuse_words(generation, spec, err) != 0)
                return -1;
    return 0;
}

static bool is_event(const char *text)
{
    static const char *const events[] = {"insert", "update", "delete"};
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (strcasecmp(events[i], text) == 0)
            return true;
    return strncasecmp(text, "update of ", strlen("update of ")) == 0;
}

int generate_refuse_events(const struct generation *generation, struct err *err)
{
    const char *text = generation->parameters[PARAMETER_VALUES], *body = generation->parameters[PARAMETER_BODY];
    if (strcmp(generation->type.name, "trigger") != 0)
        return 0;
    if (body != NULL && strcasestr(body, "begin") == NULL) {
        err_set(err, ERR_USAGE, "BODY: \"%s\" is no PL/pgSQL", body);
        return err_hint(err, "expected BEGIN …; RETURN NEW; END");
    }
    if (text == NULL)
        return 0;
    struct strings events = clause_split(generation->arena, text, ',');
    vec_each(event, &events)
        if (!is_event(*event))
            return err_set(err, ERR_USAGE, "VALUES: \"%s\" is nothing that a trigger before each row is for; expected "
                                           "INSERT, UPDATE or DELETE", *event);
    return 0;
}

/* Of a body in SQL, whose last query is the result. */
int generate_refuse_result(const struct generation *generation, struct err *err)
{
    const char *body = generation->parameters[PARAMETER_BODY];
    struct actions actions = {0};
    struct action_faults faults = {0};
    if (strcmp(generation->type.name, "function") != 0 || body == NULL || generation->parameters[PARAMETER_RETURNS] != NULL)
        return 0;
    actions_read(generation->arena, body, strlen(body), &actions, &faults);
    if (faults.count > 0 || actions.count < 2 || actions.at[actions.count - 2].kind != ACTION_SELECT)
        return 0;
    err_set(err, ERR_USAGE, "RETURNS: \"%s\" gives something, and nothing says what", body);
    return err_hint(err, "RETURNS=integer, or another type; SETOF orders for rows; void where nobody wants it");
}

static bool is_unique_on(const struct generation *generation, const struct column_spec *spec, const char *column)
{
    if (strcmp(spec->name, column) == 0)
        return true;
    if (str_same(generation->type.kind, "index"))
        vec_each(key, &generation->keys)
            if (str_same(key->column, column))
                return true;
    return false;
}

static int refuse_unique(const struct generation *generation, const struct column_spec *spec, const struct relation *table,
                         struct err *err)
{
    vec_each(key, &table->partition_keys) {
        const char *column = key->column;
        if (column != NULL && is_unique_on(generation, spec, column))
            continue;
        err_set(err, ERR_USAGE, "COLUMNS: column \"%s\" cannot be unique: %s.%s is partitioned by %s", spec->name,
                table->schema, table->name, column == NULL ? "an expression" : column);
        if (column == NULL)
            return err_hint(err, "no key of such a table is unique");
        return err_hint(err, "a unique key has to hold the columns that it is partitioned by; type index makes one of "
                             "several columns unique: --columns %s:unique,%s", spec->name, column);
    }
    return 0;
}

/* Uniqueness is kept by each partition on its own: only with the partition key in it does that make the whole unique. */
int generate_refuse_unique(const struct generation *generation, struct err *err)
{
    struct relation_refs tree = generate_tree(generation);
    vec_each(spec, &generation->columns)
        vec_each(table, &tree)
            if (spec->unique && refuse_unique(generation, spec, *table, err) != 0)
                return -1;
    return 0;
}

/* Is it a column, with nothing said behind it? */
static bool is_plain(const struct key_part *key)
{
    return key->column != NULL && (key->text == NULL || strchr(key->text, ' ') == NULL);
}

/* Of columns, what stands behind them may be written in upper or lower case. */
static bool is_same_key(const struct key_part *a, const struct key_part *b)
{
    if (!str_same(a->column, b->column))
        return false;
    if (is_plain(a) && is_plain(b))
        return true;
    if (a->text == NULL || b->text == NULL)
        return false;
    return a->column == NULL ? strcmp(a->text, b->text) == 0 : strcasecmp(a->text, b->text) == 0;
}

static bool is_same_list(const struct strings *a, const struct strings *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (strcmp(a->at[i], b->at[i]) != 0)
            return false;
    return a->count == b->count;
}

static bool is_same_predicate(const struct expression *a, const struct expression *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return a->text != NULL && str_same(a->text, b->text);
}

/* Does the index do what the new one would?  One that is unique does that, and more. */
static bool serves(const struct relation *index, const struct action *action)
{
    if (!index->exists || index->valid == TRUTH_NO || index->keys.count != action->keys.count ||
        strcmp(index->method == NULL ? "btree" : index->method, action->text2 == NULL ? "btree" : action->text2) != 0 ||
        ((action->flags & FLAG_UNIQUE) != 0 && (index->flags & FLAG_UNIQUE) == 0))
        return false;
    for (size_t i = 0; i < index->keys.count; i++)
        if (!is_same_key(&index->keys.at[i], &action->keys.at[i]))
            return false;
    return is_same_list(&index->including, &action->including) && is_same_predicate(index->predicate, action->expression);
}

static int refuse_second(const struct generation *generation, const struct relation *table, const struct action *action,
                         struct err *err)
{
    vec_each(each, &table->indexes) {
        const struct relation *index = *each;
        if (!serves(index, action))
            continue;
        err_set(err, ERR_USAGE, "%s.%s has an equal index already: %s", table->schema, table->name, index->name);
        if (index->created_by == NULL)
            return err_hint(err, "a second one would only cost");
        return err_hint(err, "%s makes it; a second one would only cost",
                        migration_label(generation->arena, index->created_by));
    }
    return 0;
}

static int refuse_concurrently(const struct relation *table, struct err *err)
{
    err_set(err, ERR_USAGE, "%s.%s is partitioned: PostgreSQL builds no index of it concurrently", table->schema,
            table->name);
    return err_hint(err, "write it by hand: CREATE INDEX … ON ONLY %s.%s, one CONCURRENTLY of each partition, and "
                         "ALTER INDEX … ATTACH PARTITION for each of those", table->schema, table->name);
}

static int refuse_not_valid(const struct relation *table, struct err *err)
{
    err_set(err, ERR_USAGE, "%s.%s is partitioned: PostgreSQL adds no foreign key to it as NOT VALID", table->schema,
            table->name);
    return err_hint(err, "write it by hand: add it to each partition NOT VALID, validate it there, and add it to %s.%s, "
                         "which takes those over", table->schema, table->name);
}

/* The first server that adds NOT VALID foreign keys to partitioned tables. */
enum { NOT_VALID_SINCE = 18 };

static bool is_not_valid_key(const struct generation *generation, const struct action *action)
{
    if (action->kind == ACTION_ADD_CONSTRAINT && generation->schema->server_version < NOT_VALID_SINCE)
        vec_each(constraint, &action->constraints)
            if (constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->not_valid)
                return true;
    return false;
}

static int refuse_action(const struct generation *generation, const struct action *action, struct err *err)
{
    bool index = action->kind == ACTION_CREATE_INDEX;
    const struct object_name *name = index ? &action->table : &action->name;
    const struct relation *table = name->name == NULL ? NULL : schema_relation(generation->schema, name);
    if (table == NULL || !table->exists)
        return 0;
    if (index && str_same(generation->type.kind, "index") && table->parent == NULL && refuse_second(generation, table, action, err) != 0)
        return -1;
    if (table->partition_by == 0)
        return 0;
    if (index && (action->flags & FLAG_CONCURRENTLY) != 0)
        return refuse_concurrently(table, err);
    return is_not_valid_key(generation, action) ? refuse_not_valid(table, err) : 0;
}

int generate_refuse_actions(const struct generation *generation, const struct actions *actions, struct err *err)
{
    vec_each(action, actions)
        if (refuse_action(generation, action, err) != 0)
            return -1;
    return 0;
}
