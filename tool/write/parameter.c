#include "write/parameter.h"

#include <string.h>

const struct parameter_row parameter_rows[PARAMETERS] = {
    [PARAMETER_TABLE] = {"table", "TABLE", FORM_OBJECT, "The table: orders, or shop.orders."},
    [PARAMETER_COLUMNS] = {"columns", "COLUMNS", FORM_COLUMNS,
                           "Columns: name:type and behind it, with colons, not-null, unique, primary-key, index, default=, references=, "
                           "on-delete=; commas between columns."},
    [PARAMETER_REFERENCES] = {"references", "REFERENCES", FORM_REFERENCE,
                              "What a foreign key refers to: users, or users(id)."},
    [PARAMETER_ON] = {"on", "ON", FORM_KEYS, "Columns or expressions of an index: lower(email), created_at DESC."},
    [PARAMETER_OBJECT] = {"object", "OBJECT", FORM_OBJECT,
                          "The function, view, trigger, policy, enum or schema that it is about."},
    [PARAMETER_VALUES] = {"values", "VALUES", FORM_LIST, "Values, with commas between them."},
    [PARAMETER_OLD_NAME] = {"old_name", "OLD_NAME", FORM_NAME, "The present name of what is renamed."},
    [PARAMETER_NEW_NAME] = {"new_name", "NEW_NAME", FORM_NAME, "The new name of what is renamed."},
    [PARAMETER_ROLE] = {"role", "ROLE", FORM_NAME, "The role."},
    [PARAMETER_PRIVILEGES] = {"privileges", "PRIVILEGES", FORM_LIST, "Privileges: SELECT,INSERT."},
    [PARAMETER_BODY] = {"body", "BODY", FORM_TEXT, "The body of a function, or the query of a view."},
    [PARAMETER_EXTENSION] = {"extension", "EXTENSION", FORM_NAME, "The extension."},
    [PARAMETER_PARTITION_BY] = {"partition_by", "PARTITION_BY", FORM_TEXT,
                                "How a table is partitioned: range (created_at)."},
    [PARAMETER_PARTITION] = {"partition", "PARTITION", FORM_PARTITION,
                             "New partitions: [name:] and from..to or 2026_02; DE,FR of a list; 4/0 of a hash; default; semicolons "
                             "between them."},
    [PARAMETER_EXPRESSION] = {"expression", "EXPRESSION", FORM_TEXT,
                              "The condition of a check, of a partial index or of a policy: age >= 0."},
    [PARAMETER_DEFAULT] = {"default", "DEFAULT", FORM_TEXT, "An SQL expression for rows that say nothing: now()."},
    [PARAMETER_INDEX] = {"index", "INDEX", FORM_NAME, "The name of the index."},
    [PARAMETER_CONSTRAINT] = {"constraint", "CONSTRAINT", FORM_NAME, "The name of the constraint."},
    [PARAMETER_USING] = {"using", "USING", FORM_NAME, "The method of an index: gin, brin, hash."},
    [PARAMETER_RETURNS] = {"returns", "RETURNS", FORM_TEXT, "What a function returns: numeric, SETOF orders; void without it."},
    [PARAMETER_ROWS] = {"rows", "ROWS", FORM_TEXT, "How many rows a seed makes up; 10 without it."},
    [PARAMETER_DESCRIPTION] = {"description", "DESCRIPTION", FORM_TEXT, "A sentence about the migration, for people."},
};

enum parameter parameter_find(const char *name)
{
    for (int i = 0; i < PARAMETERS; i++)
        if (strcmp(parameter_rows[i].name, name) == 0)
            return (enum parameter)i;
    return PARAMETERS;
}

void parameter_names(struct arena *arena, struct strings *names)
{
    for (size_t i = 0; i < PARAMETERS; i++)
        *vec_add(arena, names) = parameter_rows[i].name;
}
