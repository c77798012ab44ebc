/* The foreign keys of rows that are made up: they take the keys that are there. */
#include "write/seed_rows.h"

#include <string.h>

static struct strings referenced_columns(const struct constraint *constraint)
{
    return constraint->referenced_columns.count > 0 ? constraint->referenced_columns
                                                    : generate_primary_key(constraint->referenced);
}

static bool is_left_out(const struct generation *generation, const struct column *column)
{
    vec_each(spec, &generation->columns)
        if (strcmp(spec->name, column->name) == 0)
            return spec->default_value != NULL;
    bool required = column->not_null == TRUTH_YES && !column->has_default && !column->identity;
    return column->has_default || column->identity || (generation->columns.count > 0 && !required);
}

/* Of a key whose columns have defaults, or are not asked for, nothing is given. */
static bool is_wanted(const struct generation *generation, const struct constraint *constraint)
{
    const struct relation *table = generation->existing;
    if (constraint->kind != CONSTRAINT_FOREIGN_KEY || constraint->dropped || constraint->referenced == NULL ||
        constraint->referenced == table || constraint->columns.count == 0 ||
        referenced_columns(constraint).count != constraint->columns.count)
        return false;
    vec_each(name, &constraint->columns) {
        const struct column *column = generate_column(table, *name);
        if (column == NULL || column->generated != GENERATED_NOT || is_left_out(generation, column) ||
            seed_rows_column(generation->seed, *name) != NULL)
            return false;
    }
    return true;
}

static void add(struct generation *generation, const struct constraint *constraint)
{
    struct seed_rows *rows = generation->seed;
    struct seed_reference reference = {.table = constraint->referenced, .columns = constraint->columns,
                                       .referenced = referenced_columns(constraint)};
    vec_each(name, &constraint->columns) {
        const struct column *column = generate_column(generation->existing, *name);
        reference.required = reference.required || column->not_null == TRUTH_YES;
        *vec_add(generation->arena, &rows->columns) = (struct seed_column){.column = column, .shifting = true};
    }
    *vec_add(generation->arena, &rows->references) = reference;
}

/* Keys of several columns first: what they give, the others go along with. */
void seed_rows_refer(struct generation *generation)
{
    for (int several = 1; several >= 0; several--)
        vec_each(constraint, &generation->existing->constraints)
            if ((constraint->columns.count > 1) == several && is_wanted(generation, constraint))
                add(generation, constraint);
}
