/* The parameters as they were meant, checked with the parser and against the simulated schema. */
#include "write/generate_new.h"
#include "write/generate_refuse.h"
#include "write/generate_rename.h"
#include "write/seed_rows.h"

#include "base/str.h"
#include "review/names.h"
#include "text/nearest.h"

#include <string.h>

static int fail(enum parameter parameter, const char *text, const char *why, struct err *err)
{
    return err_set(err, ERR_USAGE, "%s: \"%s\" %s", parameter_rows[parameter].variable, text, why);
}

static int read_object(struct generation *generation, enum parameter parameter, struct object_name *name, struct err *err)
{
    const char *text = generation->parameters[parameter];
    const char *why = clause_object(generation->arena, text, name);
    return why == NULL ? 0 : fail(parameter, text, why, err);
}

static int read_table(struct generation *generation, struct err *err)
{
    struct object_name *table = &generation->table;
    if (read_object(generation, PARAMETER_TABLE, table, err) != 0)
        return -1;
    generation->existing = generate_relation(generation, table);
    if (generation->existing == NULL && generation->type.existing_table == DEMAND_YES)
        return generate_no_table(generation, PARAMETER_TABLE, table, err);
    if (generation->existing != NULL)
        table->schema = generation->existing->schema;
    if (table->schema == NULL)
        table->schema = generate_schema(generation);
    if (generation->existing == NULL || generation->type.existing_table != DEMAND_NO)
        return 0;
    err_set(err, ERR_USAGE, "there is a table %s.%s already", table->schema, table->name);
    if (generation->existing->created_by == NULL)
        return err_hint(err, "TABLE= gives the new one another name");
    return err_hint(err, "%s makes it; TABLE= gives the new one another name",
                    migration_label(generation->arena, generation->existing->created_by));
}

/* The columns that a foreign key of one column may refer to: the primary key, or the one that is named. */
static int find_referenced(struct generation *generation, enum parameter parameter, struct object_name *name,
                           const char **column, struct relation **relation, struct err *err)
{
    *relation = generate_relation(generation, name);
    if (*relation == NULL && generation->table.name != NULL && strcmp(name->name, generation->table.name) == 0 &&
        (name->schema == NULL || strcmp(name->schema, generation->table.schema) == 0)) {
        name->schema = generation->table.schema;
        return 0;
    }
    if (*relation == NULL)
        return generate_no_table(generation, parameter, name, err);
    *name = (struct object_name){(*relation)->schema, (*relation)->name};
    if (*column != NULL && (*relation)->complete && generate_column(*relation, *column) == NULL)
        return generate_no_column(generation, parameter, *relation, *column, err);
    struct strings key = generate_primary_key(*relation);
    if (*column == NULL && key.count > 1) {
        err_set(err, ERR_USAGE, "%s: the primary key of %s.%s has %zu columns", parameter_rows[parameter].variable,
                name->schema, name->name, key.count);
        return err_hint(err, "a reference to several columns is written by hand: ADD CONSTRAINT … FOREIGN KEY … NOT VALID, and "
                             "VALIDATE CONSTRAINT in the migration after it");
    }
    if (*column == NULL)
        *column = key.count == 1 ? key.at[0] : "id";
    return 0;
}

static int read_references(struct generation *generation, struct err *err)
{
    const char *text = generation->parameters[PARAMETER_REFERENCES];
    const char *why = clause_reference(generation->arena, text, &generation->references, &generation->references_column);
    if (why != NULL)
        return fail(PARAMETER_REFERENCES, text, why, err);
    if (find_referenced(generation, PARAMETER_REFERENCES, &generation->references, &generation->references_column,
                        &generation->referenced, err) != 0)
        return -1;
    if (generation->references_column == NULL)
        generation->references_column = "id";
    return 0;
}

/* Columns that are there already have the type that they have. */
static int check_column(struct generation *generation, struct column_spec *spec, struct err *err)
{
    struct relation *relation = generation->existing;
    const struct column *column = relation == NULL ? NULL : generate_column(relation, spec->name);
    enum demand demand = generation->type.existing_columns;
    if (column != NULL && demand == DEMAND_NO) {
        err_set(err, ERR_USAGE, "COLUMNS: table %s.%s has a column \"%s\" already", relation->schema, relation->name,
                spec->name);
        return err_hint(err, "take another name, or another type of migration");
    }
    if (column == NULL && demand == DEMAND_YES && relation != NULL && relation->complete)
        return generate_no_column(generation, PARAMETER_COLUMNS, relation, spec->name, err);
    if (column != NULL && spec->type == NULL && column->type.name != NULL)
        spec->type = names_type(generation->arena, &column->type);
    return 0;
}

static bool ends(const char *name, const char *const endings[])
{
    for (size_t i = 0; endings[i] != NULL; i++)
        if (str_ends(name, endings[i]))
            return true;
    return false;
}

/* What a name usually means. */
const char *generate_usual_type(const char *name)
{
    static const char *const ids[] = {"_id", NULL}, *const times[] = {"_at", NULL}, *const days[] = {"_on", "_date", NULL},
                      *const numbers[] = {"count", "_number", "quantity", "position", "age", NULL},
                      *const money[] = {"price", "amount", "total", "balance", NULL};
    if (strcmp(name, "id") == 0 || ends(name, ids))
        return "bigint";
    if (ends(name, times))
        return "timestamptz";
    if (ends(name, days))
        return "date";
    if (str_starts(name, "is_") || str_starts(name, "has_") || str_starts(name, "can_"))
        return "boolean";
    return ends(name, numbers) ? "bigint" : ends(name, money) ? "numeric(12,2)" : "text";
}

static int read_column(struct generation *generation, struct column_spec *spec, struct err *err)
{
    struct relation *referenced = NULL;
    if (check_column(generation, spec, err) != 0)
        return -1;
    if (spec->references.name != NULL &&
        find_referenced(generation, PARAMETER_COLUMNS, &spec->references, &spec->references_column, &referenced, err) != 0)
        return -1;
    if (spec->on_delete != NULL && spec->references.name == NULL)
        return err_set(err, ERR_USAGE, "COLUMNS: column \"%s\": on-delete= needs references=…", spec->name);
    if (spec->references.name != NULL && spec->references_column == NULL)
        spec->references_column = "id";
    const struct column *target =
        referenced == NULL ? NULL : generate_column(referenced, spec->references_column);
    if (spec->type == NULL && target != NULL && target->type.name != NULL)
        spec->type = names_type(generation->arena, &target->type);
    spec->type = spec->type == NULL ? generate_usual_type(spec->name) : generate_type_text(generation, spec->type);
    return 0;
}

static int read_expressions(struct generation *generation, struct err *err)
{
    static const struct {
        enum parameter parameter;
        const char *(*check)(struct arena *arena, const char *text);
    } rows[] = {{PARAMETER_EXPRESSION, clause_condition}, {PARAMETER_DEFAULT, clause_default}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *text = generation->parameters[rows[i].parameter];
        /* What rows get that are there already may be told by their other columns. */
        bool free = rows[i].parameter == PARAMETER_DEFAULT && strcmp(generation->type.kind, "data") == 0;
        const char *why = text == NULL ? NULL : (free ? clause_condition : rows[i].check)(generation->arena, text);
        if (why != NULL)
            return fail(rows[i].parameter, text, why, err);
    }
    return 0;
}

/* Rows that are there already have no value for it. */
static int check_value(const struct generation *generation, const struct column_spec *spec, struct err *err)
{
    const struct relation *relation = generation->existing;
    if (relation == NULL || generation->type.existing_columns != DEMAND_NO || !spec->not_null || spec->default_value != NULL)
        return 0;
    err_set(err, ERR_USAGE, "COLUMNS: column \"%s\" is not-null, and the rows of %s.%s have no value for it", spec->name,
            relation->schema, relation->name);
    return err_hint(err, "%s:%s:not-null:default=… gives them one; or add it without not-null, fill it by a migration of "
                         "type data, and go on with type not-null", spec->name, spec->type);
}

/* customer_id refers to customers. */
static int guess_reference(struct generation *generation, struct column_spec *spec, struct err *err)
{
    size_t length = strlen(spec->name);
    struct object_name name = {.name = spec->name};
    if (migration_type_parameter(&generation->type, PARAMETER_REFERENCES) == NULL || spec->references.name != NULL)
        return 0;
    if (str_ends(spec->name, "_id"))
        name.name = arena_strndup(generation->arena, spec->name, length - strlen("_id"));
    if (generate_relation_like(generation, &name) == NULL) {
        err_set(err, ERR_USAGE, "%s: nothing tells what \"%s\" refers to", generation->type.name, spec->name);
        return err_hint(err, "REFERENCES=: %s", parameter_rows[PARAMETER_REFERENCES].about);
    }
    spec->references = name;
    return 0;
}

/* What DEFAULT and REFERENCES say is said of the columns, where those do not say it themselves. */
static void spread(struct generation *generation, struct column_spec *spec)
{
    if (spec->default_value == NULL)
        spec->default_value = generation->parameters[PARAMETER_DEFAULT];
    if (spec->references.name == NULL && generation->references.name != NULL) {
        spec->references = generation->references;
        spec->references_column = generation->references_column;
    }
}

static int read_columns(struct generation *generation, struct err *err)
{
    if (column_specs_read(generation->arena, "COLUMNS", generation->parameters[PARAMETER_COLUMNS], &generation->columns,
                          err) != 0)
        return -1;
    if (generate_refuse_words(generation, err) != 0)
        return -1;
    generate_settle_new(generation);
    vec_each(spec, &generation->columns) {
        spread(generation, spec);
        if (guess_reference(generation, spec, err) != 0 || read_column(generation, spec, err) != 0 ||
            check_value(generation, spec, err) != 0)
            return -1;
    }
    return 0;
}

static int read_keys(struct generation *generation, struct err *err)
{
    struct strings parts = clause_split(generation->arena, generation->parameters[PARAMETER_ON], ',');
    vec_each(part, &parts) {
        struct generate_key *key = vec_add(generation->arena, &generation->keys);
        const char *why = clause_key(generation->arena, *part, &key->column);
        key->sql = *part;
        if (why != NULL)
            return fail(PARAMETER_ON, *part, why, err);
        const struct relation *relation = generation->existing;
        if (key->column != NULL && relation != NULL && relation->complete && generate_column(relation, key->column) == NULL)
            return generate_no_column(generation, PARAMETER_ON, relation, key->column, err);
    }
    return 0;
}

/* Without ON the columns are what an index is on. */
static void take_keys(struct generation *generation)
{
    vec_each(spec, &generation->columns)
        *vec_add(generation->arena, &generation->keys) =
            (struct generate_key){generate_identifier(generation->arena, spec->name), spec->name};
}

static int read_names(struct generation *generation, struct err *err)
{
    for (enum parameter i = 0; i < PARAMETERS; i++) {
        const char *text = generation->parameters[i];
        const char *why = parameter_rows[i].form != FORM_NAME || text == NULL
                              ? NULL : clause_name(generation->arena, text, &generation->names[i]);
        if (why != NULL)
            return fail(i, text, why, err);
    }
    return 0;
}

/* `data` is NULL while it is not known what the parameters say. */
static int check_required(const struct generation *generation, const struct data *data, struct err *err)
{
    vec_each(parameter, &generation->type.parameters) {
        const struct parameter_row *row = &parameter_rows[parameter->parameter];
        if (!parameter->required || generation->parameters[parameter->parameter] != NULL)
            continue;
        if (parameter->unless != NULL && (data == NULL || data_is_true(data_find(data, parameter->unless))))
            continue;
        bool told = parameter->derive.count > 0 && generation->type.example != NULL;
        err_set(err, ERR_USAGE, "%s: the name \"%s\" does not tell its %s", generation->type.name,
                generation->request->name, row->name);
        return err_hint(err, "%s=: %s%s%s%s", row->variable, parameter->about, told ? "; a name such as " : "",
                        told ? generation->type.example : "", told ? " tells it" : "");
    }
    return 0;
}

static int check_old_name(const struct generation *generation, struct err *err)
{
    const char *name = generation->names[PARAMETER_OLD_NAME];
    const struct relation *relation = generation->existing;
    if (name == NULL || relation == NULL || !relation->complete || generate_column(relation, name) != NULL)
        return 0;
    return generate_no_column(generation, PARAMETER_OLD_NAME, relation, name, err);
}

/* What the type does not take is a mistake, except for a description. */
static int check_taken(const struct generation *generation, struct err *err)
{
    for (enum parameter i = 0; i < PARAMETERS; i++) {
        struct strings taken = {0};
        if (generation->request->parameters[i] == NULL || i == PARAMETER_DESCRIPTION ||
            migration_type_parameter(&generation->type, i) != NULL)
            continue;
        vec_each(parameter, &generation->type.parameters)
            *vec_add(generation->arena, &taken) = parameter_rows[parameter->parameter].variable;
        err_set(err, ERR_USAGE, "a migration of type %s takes no %s", generation->type.name, parameter_rows[i].variable);
        return err_hint(err, "it takes %s", words_join(generation->arena, &taken));
    }
    return 0;
}

int generate_read(struct generation *generation, struct err *err)
{
    const char *const *given = generation->parameters;
    if (check_taken(generation, err) != 0 || check_required(generation, NULL, err) != 0 ||
        generate_read_texts(generation, err) != 0)
        return -1;
    if ((given[PARAMETER_TABLE] != NULL && read_table(generation, err) != 0) ||
        (given[PARAMETER_REFERENCES] != NULL && read_references(generation, err) != 0) ||
        read_expressions(generation, err) != 0 ||
        (given[PARAMETER_COLUMNS] != NULL && read_columns(generation, err) != 0) ||
        (given[PARAMETER_OBJECT] != NULL &&
         (read_object(generation, PARAMETER_OBJECT, &generation->object, err) != 0 ||
          generate_check_object(generation, err) != 0)) ||
        (given[PARAMETER_ON] != NULL && read_keys(generation, err) != 0))
        return -1;
    if (given[PARAMETER_RETURNS] != NULL)
        generation->parameters[PARAMETER_RETURNS] = generate_type_text(generation, given[PARAMETER_RETURNS]);
    if (given[PARAMETER_ON] == NULL)
        take_keys(generation);
    if (generate_refuse_columns(generation, err) != 0 || generate_refuse_fill(generation, err) != 0 ||
        generate_refuse_unique(generation, err) != 0 || generate_refuse_kept(generation, err) != 0 ||
        generate_refuse_expressions(generation, err) != 0 || generate_refuse_events(generation, err) != 0 ||
        generate_refuse_result(generation, err) != 0 ||
        read_names(generation, err) != 0 || check_old_name(generation, err) != 0 ||
        generate_refuse_rename(generation, err) != 0 ||
        generate_check_privileges(generation, err) != 0 || generate_check_rows(generation, err) != 0 ||
        generate_read_partitions(generation, err) != 0 ||
        seed_rows_read(generation, err) != 0)
        return -1;
    return check_required(generation, generate_data(generation, &(struct generate_migration){.name = "", .version = "0"}), err);
}

int generate_check_answer(const struct generation *generation, enum parameter parameter, const char *text, struct err *err)
{
    struct generation copy = *generation;
    memcpy(copy.parameters, copy.request->parameters, sizeof copy.parameters);
    copy.parameters[parameter] = text;
    if (copy.parameters[PARAMETER_TABLE] != NULL && read_table(&copy, err) != 0) {
        if (parameter == PARAMETER_TABLE)
            return -1;
        err_clear(err); /* it is not what was asked for */
        return 0;
    }
    if (parameter == PARAMETER_REFERENCES)
        return read_references(&copy, err);
    if (parameter == PARAMETER_OLD_NAME || parameter == PARAMETER_NEW_NAME)
        return read_names(&copy, err) != 0 ? -1 : check_old_name(&copy, err);
    if (parameter != PARAMETER_COLUMNS)
        return 0;
    copy.columns = (struct column_specs){0};
    if (column_specs_read(copy.arena, "COLUMNS", text, &copy.columns, err) != 0)
        return -1;
    vec_each(spec, &copy.columns)
        if (check_column(&copy, spec, err) != 0)
            return -1;
    return 0;
}
