/*
 * Does a change of a column's type keep the rows as they are?
 * ATColumnChangeRequiresRewrite: the rows stay when the value is only called another type, and when the length that
 * the new type demands cannot be shorter than the old one's.
 */
#include "schema/effect_work.h"

#include "base/str.h"

#include <string.h>
#include <strings.h>

/* A type as the server compares it: domains without constraints are what they are made of. */
struct shape {
    const char *name;          /* NULL: not known */
    const struct type *type;   /* one of the chain's; NULL: built in, of an extension, or not known */
    const struct type_name *written;
    bool array;
    enum truth constrained;    /* of a domain */
};

static struct shape shape_of(const struct schema *schema, const struct type_name *written)
{
    struct shape shape = {.name = written->name, .written = written, .array = written->dimensions > 0,
                          .constrained = TRUTH_NO};
    for (int depth = 0; depth < 32 && written->name != NULL; depth++) {
        struct object_name name = {written->schema, written->name};
        const struct type *type = schema_type(schema, &name);
        if (type == NULL || !type->exists)
            break;
        shape.type = type;
        if (type->kind != TYPE_DOMAIN || shape.array)
            break;
        effect_raise(&shape.constrained, type->constrained ? TRUTH_YES : truth_of(0));
        if (!type->complete)
            effect_raise(&shape.constrained, TRUTH_UNKNOWN);
        written = &type->base;
        shape = (struct shape){written->name, NULL, written, written->dimensions > 0, shape.constrained};
    }
    return shape;
}

/* pg_cast rows without a function, of which the catalogs of 13 to 18 have the same; and citext's. */
static const char *const same_bytes[][2] = {
    {"text", "varchar"}, {"varchar", "text"}, {"text", "bpchar"}, {"varchar", "bpchar"}, {"xml", "text"},
    {"xml", "varchar"}, {"xml", "bpchar"}, {"bit", "varbit"}, {"varbit", "bit"}, {"cidr", "inet"},
    {"citext", "text"}, {"citext", "varchar"}, {"citext", "bpchar"}, {"text", "citext"}, {"varchar", "citext"},
    {"regproc", "regprocedure"}, {"regprocedure", "regproc"}, {"regoper", "regoperator"}, {"regoperator", "regoper"},
};

static bool is_oid(const char *name)
{
    return strcmp(name, "oid") == 0 || (strncmp(name, "reg", 3) == 0 && strlen(name) > 3);
}

static bool is_same_bytes(const char *from, const char *to)
{
    for (size_t i = 0; i < sizeof(same_bytes) / sizeof(*same_bytes); i++)
        if (strcmp(from, same_bytes[i][0]) == 0 && strcmp(to, same_bytes[i][1]) == 0)
            return true;
    /* int4, oid and the types that name an object stand for one another, but for one object's and another's. */
    return (strcmp(from, "int4") == 0 && is_oid(to)) || (strcmp(to, "int4") == 0 && is_oid(from)) ||
           (strcmp(from, "oid") == 0 && is_oid(to)) || (strcmp(to, "oid") == 0 && is_oid(from));
}

static bool is_clock(const char *name)
{
    return strcmp(name, "time") == 0 || strcmp(name, "timetz") == 0 || strcmp(name, "timestamp") == 0 ||
           strcmp(name, "timestamptz") == 0;
}

/* Each less significant field that an interval's type keeps: seconds 0, minutes 1 … years 5. */
static int least_field(const struct type_name *type)
{
    static const struct {
        int bit, field;
    } fields[] = {{12, 0}, {11, 1}, {10, 2}, {3, 3}, {1, 4}, {2, 5}};
    if (type->modifier_count == 0)
        return 0;
    for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
        if (type->modifiers[0] & 1 << fields[i].bit)
            return fields[i].field;
    return 0;
}

enum { MAX_PRECISION = 6, FULL_PRECISION = 0xffff };

static bool interval_widens(const struct type_name *from, const struct type_name *to)
{
    int before = from != NULL && from->modifier_count > 1 ? from->modifiers[1] : FULL_PRECISION;
    int after = to->modifier_count > 1 ? to->modifiers[1] : FULL_PRECISION;
    int least = from != NULL ? least_field(from) : 0;
    return least_field(to) <= least && (least > 0 || after >= MAX_PRECISION || after >= before);
}

static bool numeric_widens(const struct type_name *from, const struct type_name *to)
{
    if (from == NULL || from->modifier_count == 0)
        return false;
    int before = from->modifier_count > 1 ? from->modifiers[1] : 0;
    int after = to->modifier_count > 1 ? to->modifiers[1] : 0;
    return before == after && to->modifiers[0] >= from->modifiers[0];
}

static bool same_modifiers(const struct type_name *from, const struct type_name *to)
{
    if (from == NULL || from->modifier_count != to->modifier_count)
        return false;
    for (int i = 0; i < to->modifier_count && i < 2; i++)
        if (from->modifiers[i] != to->modifiers[i])
            return false;
    return true;
}

/* Does the new length or precision let every value of the old one be?  `from` NULL: the value came without one. */
static enum truth modifier_widens(const char *name, const struct type_name *from, const struct type_name *to)
{
    static const char *const others[] = {"bpchar", "bit"};
    if (to->modifier_count == 0 || same_modifiers(from, to))
        return TRUTH_YES;
    if (strcmp(name, "varchar") == 0 || strcmp(name, "varbit") == 0)
        return truth_of(from != NULL && from->modifier_count > 0 && to->modifiers[0] >= from->modifiers[0]);
    if (strcmp(name, "numeric") == 0)
        return truth_of(numeric_widens(from, to));
    if (strcmp(name, "interval") == 0)
        return truth_of(interval_widens(from, to));
    if (is_clock(name))
        return truth_of(to->modifiers[0] >= MAX_PRECISION ||
                        (from != NULL && from->modifier_count > 0 && to->modifiers[0] >= from->modifiers[0]));
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        if (strcmp(name, others[i]) == 0)
            return TRUTH_NO;
    return TRUTH_UNKNOWN;
}

/* A session in such a zone turns timestamp into timestamptz and back without a change. */
static enum truth is_utc(const char *zone)
{
    static const char *const names[] = {
        "UTC", "Etc/UTC", "UCT", "Etc/UCT", "GMT", "Etc/GMT", "GMT0", "GMT+0", "GMT-0", "Etc/GMT0", "Etc/GMT+0",
        "Etc/GMT-0", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal", "Greenwich", "Etc/Greenwich", "0", "+00", "+00:00",
    };
    if (zone == NULL)
        return TRUTH_UNKNOWN;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strcasecmp(zone, names[i]) == 0)
            return TRUTH_YES;
    return TRUTH_NO;
}

static bool is_timestamps(const char *from, const char *to)
{
    return (strcmp(from, "timestamp") == 0 && strcmp(to, "timestamptz") == 0) ||
           (strcmp(from, "timestamptz") == 0 && strcmp(to, "timestamp") == 0);
}

static bool is_same_type(const struct shape *from, const struct shape *to)
{
    return from->type == to->type && from->array == to->array && strcmp(from->name, to->name) == 0 &&
           (from->type != NULL || from->written->schema == NULL || to->written->schema == NULL ||
            strcmp(from->written->schema, to->written->schema) == 0);
}

static enum truth both(enum truth a, enum truth b)
{
    return truth_not(effect_either(truth_not(a), truth_not(b)));
}

/* One step of a conversion: from the type of a value to another. */
static enum truth step_is_free(const struct schema *schema, const struct type_name *before, const struct type_name *after)
{
    struct shape from = shape_of(schema, before), to = shape_of(schema, after);
    if (from.name == NULL || to.name == NULL)
        return TRUTH_UNKNOWN;
    bool same = is_same_type(&from, &to);
    enum truth unchecked = str_same(before->name, after->name) ? TRUTH_YES : truth_not(to.constrained);
    if (to.array || from.array)
        return both(unchecked, truth_of(same && (to.written->modifier_count == 0 || same_modifiers(from.written, to.written))));
    if (same)
        return both(unchecked, modifier_widens(to.name, from.written, to.written));
    if (from.type != NULL || to.type != NULL)
        return TRUTH_NO;
    enum truth kept = truth_of(is_same_bytes(from.name, to.name));
    if (is_timestamps(from.name, to.name))
        kept = schema->server_version >= 12 ? is_utc(schema_setting(schema, "timezone")) : TRUTH_NO;
    if (kept == TRUTH_NO)
        return kept;
    return both(both(unchecked, kept), modifier_widens(to.name, NULL, to.written));
}

/* Indexes live on when the new type has the old one's operators. */
static const char *operators_of(const char *name)
{
    if (strcmp(name, "varchar") == 0)
        return "text";
    if (strcmp(name, "cidr") == 0)
        return "inet";
    return is_oid(name) ? "oid" : name;
}

static enum truth operators_change(const struct schema *schema, const struct type_name *before,
                                   const struct type_name *after)
{
    struct shape from = shape_of(schema, before), to = shape_of(schema, after);
    if (from.name == NULL || to.name == NULL)
        return TRUTH_UNKNOWN;
    return truth_of(strcmp(operators_of(from.name), operators_of(to.name)) != 0);
}

static enum truth conversion_is_free(const struct schema *schema, const struct column *column,
                                     const struct action *action)
{
    const struct expression *using = action->expression;
    if (using != NULL && (!using->cast_only || using->columns.count != 1 ||
                          !str_same(using->columns.at[0], action->column)))
        return TRUTH_NO;
    if (column == NULL || column->type.name == NULL)
        return TRUTH_UNKNOWN;
    const struct type_name *before = &column->type;
    enum truth free = TRUTH_YES;
    for (size_t i = 0; using != NULL && i < using->cast_count; i++) {
        free = both(free, step_is_free(schema, before, &using->casts[i]));
        before = &using->casts[i];
    }
    return both(free, step_is_free(schema, before, &action->type));
}

enum truth effect_type_change_is_free(const struct schema *schema, const struct relation *relation,
                                      const struct action *action, enum truth *indexes_rebuilt)
{
    const struct column *column = relation != NULL ? relation_column(relation, action->column) : NULL;
    enum truth free = conversion_is_free(schema, column, action);
    *indexes_rebuilt = truth_not(free);
    if (column == NULL || free == TRUTH_NO)
        return free;
    effect_raise(indexes_rebuilt, operators_change(schema, &column->type, &action->type));
    if (!str_same(action->text2, column->collation))
        effect_raise(indexes_rebuilt, relation->complete ? TRUTH_YES : TRUTH_UNKNOWN);
    vec_each(index, &relation->indexes)
        if ((*index)->exists && effect_index_has(*index, action->column) && !effect_index_is_plain(*index))
            *indexes_rebuilt = TRUTH_YES;
    return free;
}
