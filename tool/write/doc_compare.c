#include "write/doc_compare.h"

#include "write/docing.h"
#include "review/names.h"
#include "sql/identifier.h"

#include <string.h>
#include <strings.h>

/* --- before the up half */

static struct doc_before *find_before(struct doc *doc, enum use_class class, const char *schema, const char *name)
{
    vec_each(before, &doc->befores)
        if (before->class == class && str_same(before->schema, schema) && strcmp(before->name, name) == 0)
            return before;
    return NULL;
}

static struct doc_before *add_before(struct doc *doc, enum use_class class, const char *schema, const char *name)
{
    struct doc_before *before = vec_add(&doc->page, &doc->befores);
    *before = (struct doc_before){.class = class, .schema = arena_strdup(&doc->page, schema),
                                  .name = arena_strdup(&doc->page, name)};
    return before;
}

#define COPY(arena, to, from)                                                              \
    do {                                                                                   \
        (to)->at = arena_alloc((arena), ((from)->count + 1) * sizeof(*(to)->at));          \
        (to)->count = (to)->room = (from)->count;                                          \
        if ((from)->count > 0)                                                             \
            memcpy((to)->at, (from)->at, (from)->count * sizeof(*(to)->at));               \
    } while (0)

static void keep(struct doc *doc, struct doc_before *before, const struct relation *relation)
{
    before->existed = true;
    before->relation = *relation;
    COPY(&doc->page, &before->relation.columns, &relation->columns);
    COPY(&doc->page, &before->relation.constraints, &relation->constraints);
    before->relation.indexes = (struct relation_refs){0};
    vec_each(index, &relation->indexes)
        if ((*index)->exists)
            *vec_add(&doc->page, &before->indexes) = (*index)->name;
}

static void note_relation(struct doc *doc, const struct relation *relation)
{
    if (relation->kind == RELATION_INDEX && relation->parent != NULL)
        relation = relation->parent;
    bool own = relation->kind != RELATION_INDEX && (relation->kind != RELATION_SEQUENCE || relation->parent == NULL);
    if (own && relation->exists && !relation->temporary &&
        find_before(doc, USE_RELATION, relation->schema, relation->name) == NULL)
        keep(doc, add_before(doc, USE_RELATION, relation->schema, relation->name), relation);
}

static bool is_there(const struct schema *schema, enum use_class class, const struct object_name *name)
{
    const struct relation *relation = class == USE_RELATION ? schema_relation(schema, name) : NULL;
    const struct type *type = class == USE_TYPE ? schema_type(schema, name) : NULL;
    const struct function *function = class == USE_FUNCTION ? schema_function(schema, name) : NULL;
    return (relation != NULL && relation->exists) || (type != NULL && type->exists) || (function != NULL && function->exists);
}

/* A name that may become one, or may go; what has a table's page is noted as a whole. */
static void note_name(struct doc *doc, const struct situation *situation, enum use_class class, struct object_name name)
{
    if (name.schema == NULL)
        name.schema = schema_creation_schema(situation->schema, &name);
    if (class == USE_NONE || name.schema == NULL || find_before(doc, class, name.schema, name.name) != NULL)
        return;
    const struct relation *relation = class == USE_RELATION ? schema_relation(situation->schema, &name) : NULL;
    if (relation != NULL)
        note_relation(doc, relation);
    else
        add_before(doc, class, name.schema, name.name)->existed = is_there(situation->schema, class, &name);
}

static void note_moved(struct doc *doc, const struct situation *situation)
{
    const struct action *action = situation->action;
    struct object_name to = {action->name.schema, action->text};
    if (action->kind == ACTION_SET_SCHEMA)
        to = (struct object_name){action->text, action->name.name};
    else if (situation->relation != NULL)
        to.schema = situation->relation->schema;
    if (action->object != OBJECT_COLUMN && action->object != OBJECT_CONSTRAINT && action->object != OBJECT_INDEX && to.name != NULL)
        note_name(doc, situation, use_class_of(action->object), to);
}

void doc_note_before(struct doc *doc, const struct situation *situation)
{
    const struct action *action = situation->action;
    enum use_class class = use_class_of(action->object);
    doc->schema = situation->schema;
    if (situation->subject->direction == DIRECTION_DOWN)
        return;
    vec_each(touch, &situation->effect->touches)
        if (touch->relation != NULL && touch->lock >= LOCK_SHARE_UPDATE_EXCLUSIVE)
            note_relation(doc, touch->relation);
    if (action->name.name == NULL || action->place == PLACE_BRANCH || action->object == OBJECT_INDEX)
        return;
    if (use_made(action) != USE_NONE)
        note_name(doc, situation, use_made(action), action->name);
    else if (action->kind == ACTION_DROP && (class == USE_TYPE || class == USE_FUNCTION))
        note_name(doc, situation, class, action->name);
    else if (action->kind == ACTION_RENAME || action->kind == ACTION_SET_SCHEMA)
        note_moved(doc, situation);
}

/* --- after the down half */

struct comparing {
    struct doc *doc;
    struct phrases *phrases;
    const struct doc_before *before;
    const char *table;           /* "shop.orders" */
};

static void say(const struct comparing *comparing, const char *words, const char *kind, const char *name, const char *of)
{
    struct arena *arena = &comparing->doc->page;
    struct phrase *phrase = vec_add(arena, comparing->phrases);
    phrase_say(arena, &phrase->parts, words);
    phrase_say(arena, &phrase->parts, arena_printf(arena, "%s ", kind));
    phrase_code(arena, &phrase->parts, name);
    if (of != NULL) {
        phrase_say(arena, &phrase->parts, " of ");
        phrase_code(arena, &phrase->parts, of);
    }
    phrase_say(arena, &phrase->parts, ".");
}

static const char left[] = "It leaves the ", lost[] = "It does not bring back the ";

static const char *column_text(struct arena *arena, const struct column *column)
{
    struct str text = str_new(arena);
    str_add(&text, names_type(arena, &column->type));
    str_addf(&text, "%s", column->not_null == TRUTH_YES ? " not null" : "");
    if (column->identity)
        str_add(&text, " identity");
    if (column->generated_text != NULL)
        str_addf(&text, " generated as %s", column->generated_text);
    else if (column->has_default)
        str_addf(&text, " default %s", column->default_text == NULL ? "…" : column->default_text);
    return text.at;
}

/* serial is a way to write it. */
static const char *plain_type(const char *name)
{
    static const char *const serials[][2] = {{"serial", "int4"}, {"serial4", "int4"}, {"bigserial", "int8"},
                                             {"serial8", "int8"}, {"smallserial", "int2"}, {"serial2", "int2"}};
    for (size_t i = 0; i < sizeof(serials) / sizeof(*serials); i++)
        if (strcmp(name, serials[i][0]) == 0)
            return serials[i][1];
    return name;
}

static bool same_type(const struct type_name *one, const struct type_name *other)
{
    bool same = strcmp(plain_type(one->name), plain_type(other->name)) == 0 && one->dimensions == other->dimensions &&
                one->modifier_count == other->modifier_count &&
                (one->schema == NULL || other->schema == NULL || strcmp(one->schema, other->schema) == 0);
    for (int i = 0; same && i < one->modifier_count; i++)
        same = one->modifiers[i] == other->modifiers[i];
    return same;
}

/* 'x' and 'x'::text are one default. */
static size_t length_of_default(const char *text)
{
    const char *cast = strstr(text, "'::");
    return cast != NULL && strpbrk(cast + 3, "':|+-*/,") == NULL ? (size_t)(cast - text) + 1 : strlen(text);
}

static bool same_text(const char *one, const char *other)
{
    if (one == NULL || other == NULL)
        return true; /* nobody knows */
    size_t length = length_of_default(one);
    return length == length_of_default(other) && strncasecmp(one, other, length) == 0;
}

static bool same_column(const struct column *one, const struct column *other)
{
    bool serial = plain_type(one->type.name) != one->type.name || plain_type(other->type.name) != other->type.name;
    return same_type(&one->type, &other->type) && one->identity == other->identity &&
           (serial || (one->has_default == other->has_default && one->not_null == other->not_null)) &&
           same_text(one->default_text, other->default_text) && same_text(one->generated_text, other->generated_text);
}

static void compare_column(const struct comparing *comparing, const struct column *was, const struct column *is)
{
    struct arena *arena = &comparing->doc->page;
    bool known = was->type.name != NULL && is->type.name != NULL && was->not_null != TRUTH_UNKNOWN && is->not_null != TRUTH_UNKNOWN;
    if (!known || same_column(was, is))
        return;
    const char *old = column_text(arena, was), *new = column_text(arena, is);
    struct phrase *phrase = vec_add(arena, comparing->phrases);
    phrase_say(arena, &phrase->parts, "It leaves the column ");
    phrase_code(arena, &phrase->parts, was->name);
    phrase_say(arena, &phrase->parts, " of ");
    phrase_code(arena, &phrase->parts, comparing->table);
    phrase_say(arena, &phrase->parts, " as ");
    phrase_code(arena, &phrase->parts, new);
    phrase_say(arena, &phrase->parts, "; it was ");
    phrase_code(arena, &phrase->parts, old);
    phrase_say(arena, &phrase->parts, ".");
}

/* Where it was, as a rule: dropped ones keep their place. */
static const struct column *column_at(const struct relation *relation, size_t place, const char *name)
{
    const struct columns *columns = &relation->columns;
    if (place < columns->count && !columns->at[place].dropped && strcmp(columns->at[place].name, name) == 0)
        return &columns->at[place];
    vec_each(column, columns)
        if (!column->dropped && strcmp(column->name, name) == 0)
            return column;
    return NULL;
}

static void compare_columns(const struct comparing *comparing, const struct relation *was, const struct relation *is)
{
    for (size_t i = 0; i < was->columns.count; i++) {
        const struct column *old = &was->columns.at[i], *new = old->dropped ? NULL : column_at(is, i, old->name);
        if (new != NULL)
            compare_column(comparing, old, new);
        else if (!old->dropped)
            say(comparing, lost, "column", old->name, comparing->table);
    }
    for (size_t i = 0; i < is->columns.count; i++)
        if (!is->columns.at[i].dropped && column_at(was, i, is->columns.at[i].name) == NULL)
            say(comparing, left, "column", is->columns.at[i].name, comparing->table);
}

static bool has_constraint(const struct relation *relation, const struct constraint *wanted)
{
    vec_each(constraint, &relation->constraints)
        if (!constraint->dropped && constraint->kind == wanted->kind && str_same(constraint->name, wanted->name))
            return true;
    return false;
}

static void compare_constraints(const struct comparing *comparing, const struct relation *one, const struct relation *other,
                                const char *words)
{
    static const char *const kinds[] = {
        [CONSTRAINT_CHECK] = "check", [CONSTRAINT_FOREIGN_KEY] = "foreign key", [CONSTRAINT_UNIQUE] = "unique key",
        [CONSTRAINT_PRIMARY_KEY] = "primary key", [CONSTRAINT_EXCLUSION] = "exclusion constraint",
        [CONSTRAINT_NOT_NULL] = "constraint"};
    vec_each(constraint, &one->constraints)
        if (!constraint->dropped && constraint->name != NULL && constraint->understood != TRUTH_NO &&
            constraint->kind != CONSTRAINT_NOT_NULL && !has_constraint(other, constraint))
            say(comparing, words, kinds[constraint->kind], constraint->name, comparing->table);
}

/* An index of a key goes with the key. */
static bool is_of_key(const struct relation *relation, const char *name)
{
    vec_each(constraint, &relation->constraints)
        if (constraint->index != NULL && str_same(constraint->name, name))
            return true;
    return false;
}

static bool holds(const struct strings *names, const char *name)
{
    vec_each(one, names)
        if (strcmp(*one, name) == 0)
            return true;
    return false;
}

static void compare_indexes(const struct comparing *comparing, const struct relation *is)
{
    struct strings now = {0};
    vec_each(index, &is->indexes)
        if ((*index)->exists)
            *vec_add(&comparing->doc->page, &now) = (*index)->name;
    vec_each(name, &comparing->before->indexes)
        if (!holds(&now, *name) && !is_of_key(&comparing->before->relation, *name))
            say(comparing, lost, "index", *name, comparing->table);
    vec_each(name, &now)
        if (!holds(&comparing->before->indexes, *name) && !is_of_key(is, *name))
            say(comparing, left, "index", *name, comparing->table);
}

static const char *kind_of(const struct relation *relation)
{
    static const char *const kinds[] = {
        [RELATION_TABLE] = "table", [RELATION_VIEW] = "view", [RELATION_MATERIALIZED_VIEW] = "materialized view",
        [RELATION_FOREIGN_TABLE] = "foreign table", [RELATION_INDEX] = "index", [RELATION_SEQUENCE] = "sequence",
        [RELATION_COMPOSITE] = "type", [RELATION_UNKNOWN] = "relation"};
    return kinds[relation->kind];
}

static void compare_relation(const struct comparing *comparing, const struct relation *is)
{
    const struct doc_before *before = comparing->before;
    const struct relation *was = &before->relation;
    bool there = is != NULL && is->exists;
    if (!before->existed && there && is->complete)
        say(comparing, left, kind_of(is), comparing->table, NULL);
    if (before->existed && !there)
        say(comparing, lost, kind_of(was), comparing->table, NULL);
    if (!before->existed || !there || !was->complete || !is->complete || was->kind == RELATION_VIEW ||
        was->kind == RELATION_MATERIALIZED_VIEW)
        return;
    compare_columns(comparing, was, is);
    compare_constraints(comparing, was, is, lost);
    compare_constraints(comparing, is, was, left);
    compare_indexes(comparing, is);
    if (was->row_security != is->row_security)
        say(comparing, was->row_security ? lost : left, "row security of", comparing->table, NULL);
}

static const char *shown(struct arena *arena, const struct doc_before *before)
{
    struct str text = str_new(arena);
    identifier_add(&text, before->schema);
    str_add_char(&text, '.');
    identifier_add(&text, before->name);
    return text.at;
}

void doc_compare(struct doc *doc)
{
    static const char *const kinds[] = {[USE_NONE] = "", [USE_RELATION] = "", [USE_TYPE] = "type", [USE_FUNCTION] = "function"};
    doc->compared = true;
    if (doc->schema == NULL || doc->halves[DIRECTION_DOWN].dynamic)
        return;
    for (size_t i = 0; i < doc->befores.count; i++) {
        const struct doc_before *before = &doc->befores.at[i];
        struct object_name name = {before->schema, before->name};
        struct comparing comparing = {doc, &doc->differences, before, shown(&doc->page, before)};
        bool there = is_there(doc->schema, before->class, &name);
        if (before->class == USE_RELATION)
            compare_relation(&comparing, schema_relation(doc->schema, &name));
        else if (there != before->existed)
            say(&comparing, there ? left : lost, kinds[before->class], comparing.table, NULL);
    }
}
