/* Diagrams of tables and the foreign keys between them, as data and as Mermaid. */
#include "write/docing.h"

#include "review/names.h"
#include "write/choice_note.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

/* Nobody reads more. */
enum { MOST_ENTITIES = 60, MOST_WITH_COLUMNS = 24 };

/* A word as the grammar of entity-relationship diagrams has it. */
static void add_word(struct str *out, const char *text)
{
    if (!isalpha((unsigned char)*text))
        str_add_char(out, '_');
    for (; *text != '\0'; text++)
        if (text[0] != ' ' || out->at[out->length - 1] != '_') /* numeric(12, 2) */
            str_add_char(out, isalnum((unsigned char)*text) || strchr("-_()[]", *text) != NULL ? *text : '_');
}

struct entities {
    struct doc *doc;
    const struct service *service;
    struct relation_refs tables;   /* all that might be drawn */
    struct map numbers;            /* of each table by its anchor, and 1 */
    struct drawing_links links;
    struct drawing_choice choice;
    struct str mermaid;
    struct data *list, *relationships;
    size_t arrows;
    bool everything;               /* of all services, without columns: the index changes with the tables alone */
    bool with_columns;
};

/* Partitions are part of what they belong to. */
static bool is_entity(const struct relation *relation)
{
    return (relation->kind == RELATION_TABLE || relation->kind == RELATION_FOREIGN_TABLE) && relation->parent == NULL;
}

static const char *anchor_of(const struct entities *entities, const struct relation *relation)
{
    return doc_anchor(&entities->doc->page, relation->schema, relation->name);
}

/* From 1; 0: it is none of them. */
static size_t number_of(const struct entities *entities, const struct relation *relation)
{
    return (size_t)(uintptr_t)map_find(&entities->numbers, anchor_of(entities, relation));
}

static bool is_reference(const struct constraint *constraint)
{
    return !constraint->dropped && constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->referenced != NULL;
}

static void look_at(struct entities *entities, const struct relation_refs *relations)
{
    struct arena *arena = &entities->doc->page;
    vec_each(relation, relations)
        if (is_entity(*relation)) {
            *vec_add(arena, &entities->tables) = *relation;
            map_put(arena, &entities->numbers, anchor_of(entities, *relation), (void *)(uintptr_t)entities->tables.count);
        }
    vec_each(table, &entities->tables)
        vec_each(constraint, &(*table)->constraints) {
            size_t to = is_reference(constraint) ? number_of(entities, constraint->referenced) : 0;
            if (to > 0)
                *vec_add(arena, &entities->links) = (struct drawing_link){(size_t)(table - entities->tables.at), to - 1};
        }
}

static bool is_in(const struct constraint *constraint, const char *column)
{
    vec_each(one, &constraint->columns)
        if (strcmp(*one, column) == 0)
            return true;
    return false;
}

static const char *key_of(const struct relation *relation, const char *column)
{
    bool primary = false, foreign = false, unique = false;
    vec_each(constraint, &relation->constraints) {
        if (constraint->dropped || !is_in(constraint, column))
            continue;
        primary |= constraint->kind == CONSTRAINT_PRIMARY_KEY;
        foreign |= constraint->kind == CONSTRAINT_FOREIGN_KEY;
        unique |= constraint->kind == CONSTRAINT_UNIQUE && constraint->columns.count == 1;
    }
    return primary && foreign ? "PK, FK" : primary ? "PK" : foreign ? "FK" : unique ? "UK" : NULL;
}

static void add_columns(struct entities *entities, struct data *map, const struct relation *relation)
{
    struct arena *arena = &entities->doc->page;
    struct data *columns = data_set(map, "columns", data_list(arena));
    if (entities->with_columns)
        str_add(&entities->mermaid, " {\n");
    vec_each(column, &relation->columns) {
        if (column->dropped)
            continue;
        const char *type = column->type.name == NULL ? "unknown" : names_type(arena, &column->type);
        const char *key = key_of(relation, column->name);
        struct data *one = data_add(columns, data_map(arena));
        data_set_text(arena, one, "type", type);
        data_set_text(arena, one, "name", column->name);
        data_set_text(arena, one, "key", key);
        if (!entities->with_columns)
            continue;
        str_add(&entities->mermaid, "        ");
        add_word(&entities->mermaid, type);
        str_add_char(&entities->mermaid, ' ');
        add_word(&entities->mermaid, column->name);
        str_addf(&entities->mermaid, "%s%s\n", key == NULL ? "" : " ", key == NULL ? "" : key);
    }
    if (entities->with_columns)
        str_add(&entities->mermaid, "    }");
}

static const char *name_of(const struct entities *entities, const struct relation *relation)
{
    bool own = str_same(entities->service->schema, relation->schema) || strcmp(relation->schema, "public") == 0;
    return own ? relation->name : arena_printf(&entities->doc->page, "%s.%s", relation->schema, relation->name);
}

static void add_entity(struct entities *entities, size_t number)
{
    struct arena *arena = &entities->doc->page;
    const struct relation *relation = entities->tables.at[number];
    struct data *map = data_add(entities->list, data_map(arena));
    data_set_text(arena, map, "name", name_of(entities, relation));
    data_set_text(arena, map, "anchor", anchor_of(entities, relation));
    str_addf(&entities->mermaid, "    t%zu[", number + 1);
    doc_add_label(&entities->mermaid, name_of(entities, relation));
    str_add(&entities->mermaid, "]");
    add_columns(entities, map, relation);
    str_add(&entities->mermaid, "\n");
}

static bool is_optional(const struct relation *relation, const struct strings *columns)
{
    vec_each(name, columns) {
        const struct column *column = relation_column(relation, *name);
        if (column == NULL || column->not_null != TRUTH_YES)
            return true;
    }
    return false;
}

/* At most one row has these values. */
static bool is_unique(const struct relation *relation, const struct strings *columns)
{
    vec_each(constraint, &relation->constraints) {
        bool all = !constraint->dropped && constraint->columns.count > 0 &&
                   (constraint->kind == CONSTRAINT_PRIMARY_KEY || constraint->kind == CONSTRAINT_UNIQUE);
        vec_each(column, &constraint->columns) {
            bool named = false;
            vec_each(one, columns)
                named |= strcmp(*one, *column) == 0;
            all &= named;
        }
        if (all)
            return true;
    }
    return false;
}

static void add_relationship(struct entities *entities, const struct relation *relation, const struct constraint *constraint)
{
    struct arena *arena = &entities->doc->page;
    size_t from = number_of(entities, relation), to = number_of(entities, constraint->referenced);
    if (to == 0 || !entities->choice.drawn[to - 1])
        return;
    entities->arrows++;
    bool optional = is_optional(relation, &constraint->columns);
    const char *columns = describe_names(arena, &constraint->columns);
    struct data *map = data_add(entities->relationships, data_map(arena));
    data_set_text(arena, map, "from", relation->name);
    data_set_text(arena, map, "from_anchor", doc_anchor(arena, relation->schema, relation->name));
    data_set_text(arena, map, "to", constraint->referenced->name);
    data_set_text(arena, map, "to_anchor", doc_anchor(arena, constraint->referenced->schema, constraint->referenced->name));
    data_set_text(arena, map, "columns", columns);
    data_set_bool(arena, map, "optional", optional);
    str_addf(&entities->mermaid, "    t%zu %so--%s t%zu : ", from, is_unique(relation, &constraint->columns) ? "|" : "}",
             optional ? "o|" : "||", to);
    doc_add_label(&entities->mermaid, columns);
    str_add(&entities->mermaid, "\n");
}

static void draw(struct entities *entities, bool with_columns)
{
    struct arena *arena = &entities->doc->page;
    const bool *drawn = entities->choice.drawn;
    entities->mermaid = str_new(arena);
    entities->list = data_list(arena);
    entities->relationships = data_list(arena);
    entities->with_columns = with_columns;
    entities->arrows = 0;
    for (size_t i = 0; i < entities->tables.count; i++)
        if (drawn[i])
            add_entity(entities, i);
    for (size_t i = 0; i < entities->tables.count; i++)
        for (size_t j = 0; drawn[i] && j < entities->tables.at[i]->constraints.count; j++)
            if (is_reference(&entities->tables.at[i]->constraints.at[j]))
                add_relationship(entities, entities->tables.at[i], &entities->tables.at[i]->constraints.at[j]);
}

/* Where they are too many for one diagram; what is said about it. */
static const char *choose(struct entities *entities)
{
    struct arena *arena = &entities->doc->page;
    size_t count = entities->tables.count;
    if (count > MOST_ENTITIES) {
        const char **names = arena_alloc(arena, count * sizeof(*names));
        drawing_choose(arena, count, &entities->links, MOST_ENTITIES, &entities->choice);
        for (size_t i = 0; i < count; i++)
            names[i] = name_of(entities, entities->tables.at[i]);
        return choice_note(arena, &entities->choice, names, count, entities->everything);
    }
    entities->choice = (struct drawing_choice){.drawn = arena_alloc(arena, count + 1), .boxes = count};
    memset(entities->choice.drawn, true, count);
    return NULL;
}

static bool is_too_large(const struct entities *entities)
{
    return entities->mermaid.length > DOC_MOST_CHARACTERS || entities->arrows > DOC_MOST_ARROWS;
}

struct data *doc_entities(struct doc *doc, const struct service *service, const struct relation_refs *relations)
{
    struct arena *arena = &doc->page;
    struct entities entities = {.doc = doc, .service = service, .everything = *service->name == '\0'};
    struct data *map = data_map(arena);
    look_at(&entities, relations);
    const char *note = choose(&entities);
    draw(&entities, !entities.everything && entities.choice.boxes <= MOST_WITH_COLUMNS);
    if (entities.with_columns && is_too_large(&entities))
        draw(&entities, false);
    bool drawn = entities.choice.boxes > 0 && !is_too_large(&entities);
    if (!drawn && entities.choice.boxes > 0)
        note = arena_printf(arena, "%zu tables with so many foreign keys are too much for one diagram.", entities.tables.count);
    data_set_text(arena, map, "mermaid", drawn ? arena_printf(arena, "erDiagram\n%s", entities.mermaid.at) : NULL);
    data_set_text(arena, map, "note", note);
    data_set(map, "entities", entities.list);
    data_set(map, "relations", entities.relationships);
    data_set_integer(arena, map, "count", (long long)entities.tables.count);
    return map;
}
