/* The variables of rule texts. */
#include "review/rule_text.h"

#include "review/facts.h"
#include "review/label_use.h"
#include "review/names.h"
#include "review/padding.h"
#include "sql/excerpt.h"
#include "sql/identifier.h"
#include "sql/normalise.h"
#include "sql/secret.h"

#include <stddef.h>
#include <string.h>

static bool add_name(struct str *str, const char *name)
{
    if (name == NULL)
        return false;
    identifier_add(str, name);
    return true;
}

static bool add_object(struct str *str, struct object_name name)
{
    if (name.name != NULL && name.schema != NULL && add_name(str, name.schema))
        str_add_char(str, '.');
    return add_name(str, name.name);
}

static bool add_names(struct str *str, const struct strings *names)
{
    vec_each(name, names) {
        if (name != names->at)
            str_add(str, ", ");
        add_name(str, *name);
    }
    return names->count > 0;
}

static bool add_text(struct str *str, const char *value)
{
    if (value != NULL)
        str_add(str, value);
    return value != NULL;
}

/* The statement's text from an offset of the file's text on. */
static struct span source_from(const struct rule_text *text, size_t at)
{
    const struct action *action = text->situation->action;
    size_t end = action->start + action->length;
    if (facts_is_called(text->situation))
        at = end;
    return (struct span){text->situation->subject->text + at, at < end ? end - at : 0};
}

static bool add_table(const struct rule_text *text, struct str *str)
{
    return add_object(str, facts_table(text->situation));
}

static bool add_own_name(const struct rule_text *text, struct str *str)
{
    return add_object(str, text->situation->action->name);
}

static bool add_kind(const struct rule_text *text, struct str *str)
{
    return add_text(str, object_kind_names[text->situation->action->object]);
}

static bool add_schema(const struct rule_text *text, struct str *str)
{
    const struct action *action = text->situation->action;
    struct object_name table = facts_table(text->situation);
    if (action->object == OBJECT_SCHEMA || table.name == NULL)
        return add_name(str, action->name.name);
    return add_name(str, table.schema != NULL ? table.schema
                                                    : schema_creation_schema(text->situation->schema, &table));
}

/* So that another name is in the same schema. */
static bool add_beside(const struct rule_text *text, struct str *str)
{
    const char *schema = facts_table(text->situation).schema;
    if (!add_name(str, schema))
        return false;
    str_add_char(str, '.');
    return true;
}

static bool add_column(const struct rule_text *text, struct str *str)
{
    return add_name(str, facts_column(text->situation));
}

/* Keys of an index as they are written, since they may be expressions. */
static bool add_columns(const struct rule_text *text, struct str *str)
{
    const struct action *action = text->situation->action;
    const struct constraint_def *constraint = facts_constraint_def(text->situation);
    if (action->kind == ACTION_CREATE_INDEX) {
        struct span source = source_from(text, action->start);
        return add_text(str, excerpt_keys(text->arena, source.at, source.length));
    }
    if (constraint != NULL && constraint->columns.count > 0)
        return add_names(str, &constraint->columns);
    return add_column(text, str);
}

static bool add_index(const struct rule_text *text, struct str *str)
{
    return add_object(str, names_index(text->arena, text->situation));
}

static bool add_constraint(const struct rule_text *text, struct str *str)
{
    return add_name(str, names_constraint(text->arena, text->situation));
}

/* CHECK, UNIQUE … of a column as a constraint of the table. */
static bool add_column_constraint(const struct rule_text *text, struct str *str, const struct constraint_def *constraint)
{
    struct str written = str_new(text->arena);
    add_names(&written, &constraint->columns);
    switch (constraint->kind) {
    case CONSTRAINT_FOREIGN_KEY:
        str_addf(str, "FOREIGN KEY (%s) REFERENCES ", written.at);
        add_object(str, constraint->referenced);
        if (constraint->referenced_columns.count > 0) {
            str_add(str, " (");
            add_names(str, &constraint->referenced_columns);
            str_add(str, ")");
        }
        return true;
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_PRIMARY_KEY:
        str_addf(str, "%s (%s)", constraint->kind == CONSTRAINT_UNIQUE ? "UNIQUE" : "PRIMARY KEY", written.at);
        return true;
    default:
        return false;
    }
}

static bool add_definition(const struct rule_text *text, struct str *str)
{
    const struct action *action = text->situation->action;
    const struct constraint_def *constraint = facts_constraint_def(text->situation);
    struct span source = source_from(text, action->kind == ACTION_CREATE_INDEX || constraint == NULL ? action->start
                                                                                                    : constraint->at);
    if (action->kind == ACTION_CREATE_INDEX)
        return add_text(str, excerpt_index(text->arena, source.at, source.length));
    if (constraint == NULL)
        return false;
    if (constraint->on_column && add_column_constraint(text, str, constraint))
        return true;
    return add_text(str, excerpt_constraint(text->arena, source.at, source.length));
}

static bool add_unique(const struct rule_text *text, struct str *str)
{
    const struct constraint_def *constraint = facts_constraint_def(text->situation);
    bool unique = (text->situation->action->flags & FLAG_UNIQUE) != 0 ||
                  (constraint != NULL && (constraint->kind == CONSTRAINT_UNIQUE || constraint->kind == CONSTRAINT_PRIMARY_KEY));
    return unique && add_text(str, "UNIQUE ");
}

static bool add_type_name(const struct rule_text *text, struct str *str, const struct type_name *type)
{
    return type != NULL && type->name != NULL && add_text(str, names_type(text->arena, type));
}

static bool add_type(const struct rule_text *text, struct str *str)
{
    return add_type_name(text, str, facts_type(text->situation));
}

static bool add_old_type(const struct rule_text *text, struct str *str)
{
    const struct column *column = facts_known_column(text->situation);
    return column != NULL && add_type_name(text, str, &column->type);
}

static bool add_default(const struct rule_text *text, struct str *str)
{
    const struct column_def *column = facts_column_def(text->situation);
    struct span source = source_from(text, column != NULL ? column->at : text->situation->action->at);
    return facts_default(text->situation) != NULL &&
           add_text(str, excerpt_default(text->arena, source.at, source.length));
}

static bool add_referenced(const struct rule_text *text, struct str *str)
{
    const struct constraint_def *constraint = facts_constraint_def(text->situation);
    const struct constraint *known = facts_known_constraint(text->situation);
    if (constraint != NULL)
        return add_object(str, constraint->referenced);
    return known != NULL && known->referenced != NULL &&
           add_object(str, (struct object_name){known->referenced->schema, known->referenced->name});
}

static bool add_referenced_columns(const struct rule_text *text, struct str *str)
{
    const struct constraint_def *constraint = facts_constraint_def(text->situation);
    return constraint != NULL && add_names(str, &constraint->referenced_columns);
}

static bool add_parent(const struct rule_text *text, struct str *str)
{
    return add_object(str, facts_parent(text->situation));
}

static bool add_partition(const struct rule_text *text, struct str *str)
{
    return add_object(str, facts_partition(text->situation));
}

static bool add_value(const struct rule_text *text, struct str *str)
{
    const char *value = NULL;
    label_use_find(text->situation, text->arena, &value);
    return add_text(str, value != NULL ? value : text->situation->action->text);
}

static bool add_new_name(const struct rule_text *text, struct str *str)
{
    const struct action *action = text->situation->action;
    return add_name(str, action->kind == ACTION_RENAME_ENUM_VALUE ? action->text2 : action->text);
}

static bool add_function(const struct rule_text *text, struct str *str)
{
    const struct action *action = text->situation->action;
    return add_object(str, action->place == PLACE_BODY ? action->body_of : action->name);
}

static bool add_lock(const struct rule_text *text, struct str *str)
{
    enum lock_mode lock = LOCK_NONE;
    vec_each(touch, &text->situation->effect->touches)
        if (touch->lock > lock && facts_is_visible(text->situation, touch->relation))
            lock = touch->lock;
    return lock != LOCK_NONE && add_text(str, lock_mode_names[lock]);
}

/* Of a longer list only the first ones are named. */
enum { NAMED = 3 };

/* Tables on which an earlier statement holds ACCESS EXCLUSIVE; their indexes go without saying. */
static bool add_locked(const struct rule_text *text, struct str *str)
{
    size_t count = 0;
    vec_each(held, &text->situation->schema->locks) {
        if (held->mode != LOCK_ACCESS_EXCLUSIVE || held->statement >= text->situation->schema->statements ||
            held->relation->kind == RELATION_INDEX || held->relation->kind == RELATION_SEQUENCE)
            continue;
        if (++count > NAMED)
            continue;
        str_add(str, count > 1 ? ", " : "");
        add_name(str, held->relation->name);
    }
    if (count > NAMED)
        str_addf(str, " and %zu more", count - NAMED);
    return count > 0;
}

static bool add_count(const struct rule_text *text, struct str *str)
{
    const struct constraint_def *constraint = facts_constraint_def(text->situation);
    size_t keys = text->situation->action->keys.count;
    if (text->situation->action->kind == ACTION_CREATE_TABLE && constraint == NULL)
        keys = padding_of(&text->situation->action->columns);
    str_addf(str, "%zu", keys > 0 || constraint == NULL ? keys : constraint->columns.count);
    return true;
}

static bool add_server(const struct rule_text *text, struct str *str)
{
    if (text->situation->schema->server_version > 0)
        str_addf(str, "%d", text->situation->schema->server_version);
    return text->situation->schema->server_version > 0;
}

static bool add_statement(const struct rule_text *text, struct str *str)
{
    const struct action *action = text->situation->action;
    const char *line = normalise_line(text->arena, text->situation->subject->text + action->start, action->length);
    return add_text(str, secret_masked(text->arena, line, strlen(line)));
}

static bool add_long_name(const struct rule_text *text, struct str *str)
{
    return add_name(str, text->situation->identifier);
}

static bool add_certainty(struct str *str, enum truth truth, const char *word)
{
    str_addf(str, "%s %s", truth == TRUTH_UNKNOWN ? "may be" : "is", word);
    return true;
}

static bool add_rewritten(const struct rule_text *text, struct str *str)
{
    return add_certainty(str, facts_any_touch(text->situation, offsetof(struct touch, rewritten)), "written anew");
}

static bool add_scanned(const struct rule_text *text, struct str *str)
{
    return add_certainty(str, facts_any_touch(text->situation, offsetof(struct touch, scanned)), "read");
}

const struct rule_variable rule_variables[] = {
    {"table", add_table, "the table", "table_name", "the table that it is about; of an index, trigger or policy its table"},
    {"name", add_own_name, "it", "name", "the object that is made, changed or dropped"},
    {"object", add_kind, "object", "TABLE", "what that is, in the words of SQL: TABLE, MATERIALIZED VIEW …"},
    {"schema", add_schema, "the schema", "schema_name", "its schema; where none is written, the one it is made in"},
    {"beside", add_beside, "", "", "that schema with a dot behind it, before a name in it; nothing where none is written"},
    {"column", add_column, "the column", "column_name", "the column"},
    {"columns", add_columns, "the columns", "column_name",
     "the columns of the constraint or index, with commas; of an index as written"},
    {"index", add_index, "the index", "index_name", "the index; where none is named, as the server would name it"},
    {"constraint", add_constraint, "the constraint", "constraint_name",
     "the constraint; where none is named, as the server would name it"},
    {"definition", add_definition, "", "…",
     "of an index what follows its name, from ON to the end; of a constraint all but its name"},
    {"unique", add_unique, "", "", "`UNIQUE ` with a space behind it for a unique index or key; else nothing"},
    {"type", add_type, "the type", "type_name", "the type that is written"},
    {"old_type", add_old_type, "another type", "type_name", "the type that the column has before"},
    {"default", add_default, "its default", "…", "the expression behind DEFAULT, as written"},
    {"referenced", add_referenced, "the referenced table", "other_table", "the table that a foreign key references"},
    {"referenced_columns", add_referenced_columns, "its key", "id", "the columns that it references, as far as written"},
    {"parent", add_parent, "the parent", "parent_table", "the partitioned table"},
    {"partition", add_partition, "the partition", "partition_name", "the partition that is made, attached or detached"},
    {"value", add_value, "the value", "value", "the enum's value; the value of SET"},
    {"new_name", add_new_name, "another name", "new_name", "what it is called after RENAME; the schema of SET SCHEMA"},
    {"setting", add_own_name, "the setting", "setting", "the setting of SET"},
    {"function", add_function, "the function", "function_name", "the function; in a body the one whose body it is"},
    {"lock", add_lock, "a lock", "ACCESS EXCLUSIVE", "the strongest lock that is taken: ACCESS EXCLUSIVE"},
    {"locked", add_locked, "another table", "table_name",
     "the tables on which earlier statements of the transaction hold ACCESS EXCLUSIVE"},
    {"rewritten", add_rewritten, "is written anew", "",
     "\"is written anew\", or \"may be written anew\" where the migrations do not tell"},
    {"scanned", add_scanned, "is read", "", "in the same way \"is read\" or \"may be read\""},
    {"count", add_count, "several", "2", "the number of key columns; of CREATE TABLE the bytes that padding takes"},
    {"server", add_server, "this server", "15", "the server's major version"},
    {"statement", add_statement, "the statement", "…", "the whole statement on one line"},
    {"long_name", add_long_name, "a name", "name", "the identifier with more than 63 bytes"},
    {NULL, NULL, NULL, NULL, NULL},
};
