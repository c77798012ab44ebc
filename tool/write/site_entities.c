/* Tables as boxes with their columns, and foreign keys as arrows from column to table. */
#include "write/site_picture.h"

#include "base/map.h"
#include "text/drawing_choice.h"
#include "write/choice_note.h"

#include <stdint.h>
#include <string.h>

enum {
    WHOLE_AT_MOST = 40, /* tables with all their columns */
    KEYS_AT_MOST = 150, /* with keys alone */
    LINES_AT_MOST = 30  /* columns of one box */
};

/* A table, and what is drawn of it. */
struct entity {
    const struct data *table; /* NULL: not drawn, or one of another service */
    const char *name, *link;
    size_t number;  /* in the list of tables */
    bool own, joined; /* joined: a foreign key leads from it or to it */
    size_t box;     /* and 1; 0: not drawn */
};
VEC(entities, struct entity);

/* A foreign key, before it is known what its link means. */
struct reference {
    size_t from;
    const char *table, *link;
};
VEC(references, struct reference);

struct entity_picture {
    struct picture picture;
    struct entities entities;
    struct references references;
    struct drawing_links links;
    struct map by_anchor; /* the number of an entity, and 1 */
    bool keys_only, elsewhere;
};

static size_t find(const struct entity_picture *drawn, const char *link)
{
    const char *anchor = link == NULL ? NULL : strchr(link, '#');
    return anchor == NULL ? 0 : (size_t)(uintptr_t)map_find(&drawn->by_anchor, anchor + 1);
}

static void add(struct entity_picture *drawn, struct entity entity)
{
    const char *anchor = strchr(entity.link, '#');
    *vec_add(drawn->picture.arena, &drawn->entities) = entity;
    if (anchor != NULL)
        map_put(drawn->picture.arena, &drawn->by_anchor, anchor + 1, (void *)(uintptr_t)drawn->entities.count);
}

static void note_references(struct entity_picture *drawn, const struct data *table, size_t from)
{
    struct arena *arena = drawn->picture.arena;
    for (const struct data *column = data_find_first(table, "columns"); column != NULL; column = column->next) {
        const struct data *references = data_find(column, "references");
        const char *link = data_find_text(references, "link");
        if (link != NULL && strchr(link, '#') != NULL)
            *vec_add(arena, &drawn->references) =
                (struct reference){from, arena_strdup(arena, data_find_text(references, "table")), arena_strdup(arena, link)};
    }
}

/* Partitions are part of what they belong to.  Tables of other services that are referred to come behind this one's. */
static void look_at_tables(struct entity_picture *drawn, const struct data *tables)
{
    struct arena *arena = drawn->picture.arena;
    struct data_items items = data_items(tables);
    for (const struct data *table = data_next(&items); table != NULL; table = data_next(&items)) {
        if (data_find_text(table, "partition_of") != NULL)
            continue;
        note_references(drawn, table, drawn->entities.count);
        add(drawn, (struct entity){.name = arena_strdup(arena, data_find_text(table, "name")),
                                   .link = drawn->elsewhere ? arena_strdup(arena, data_find_text(table, "link"))
                                                            : arena_printf(arena, "#%s", data_find_text(table, "anchor")),
                                   .number = items.number - 1, .own = true});
    }
    vec_each(reference, &drawn->references) {
        if (find(drawn, reference->link) == 0)
            add(drawn, (struct entity){.name = reference->table, .link = reference->link});
        size_t to = find(drawn, reference->link) - 1;
        *vec_add(arena, &drawn->links) = (struct drawing_link){reference->from, to};
        drawn->entities.at[reference->from].joined = drawn->entities.at[to].joined = true;
    }
}

static struct entity *referenced(struct entity_picture *drawn, const struct data *column)
{
    size_t number = find(drawn, data_find_text(data_find(column, "references"), "link"));
    return number == 0 ? NULL : &drawn->entities.at[number - 1];
}

static const char *mark_of(const struct data *column)
{
    bool foreign = data_is_true(data_find(column, "references"));
    if (data_is_true(data_find(column, "primary")))
        return foreign ? "PK FK" : "PK";
    return foreign ? "FK" : NULL;
}

static void add_entity(struct entity_picture *drawn, struct entity *entity, const struct data *tables)
{
    struct picture *picture = &drawn->picture;
    entity->table = entity->own ? data_at(tables, entity->number, picture->arena) : NULL;
    const char *style = entity->own ? NULL : "foreign";
    size_t box = picture_add_box(picture, entity->name, entity->link, style);
    size_t lines = 0;
    entity->box = box + 1;
    for (const struct data *column = data_find_first(entity->table, "columns"); column != NULL; column = column->next) {
        if (drawn->keys_only && mark_of(column) == NULL)
            continue;
        if (lines++ == LINES_AT_MOST) {
            picture_add_line(picture, box, NULL, "…", NULL);
            break;
        }
        picture_add_line(picture, box, mark_of(column), data_find_text(column, "name"), data_find_text(column, "type"));
    }
}

/* Where a column's line is in the box of its table; -1: it is not shown. */
static int line_of(const struct entity_picture *drawn, const struct entity *entity, const char *name)
{
    const struct picture_lines *lines = &drawn->picture.boxes.at[entity->box - 1].lines;
    for (size_t i = 0; name != NULL && i < lines->count; i++)
        if (strcmp(lines->at[i].text, name) == 0)
            return (int)i;
    return -1;
}

static void add_keys(struct entity_picture *drawn, const struct entity *entity)
{
    for (const struct data *column = data_find_first(entity->table, "columns"); column != NULL; column = column->next) {
        struct entity *other = referenced(drawn, column);
        if (other == NULL || other->box == 0)
            continue;
        const char *name = data_find_text(column, "name"), *target = data_find_text(data_find(column, "references"), "column");
        struct picture_arrow *arrow = picture_add_arrow(&drawn->picture, entity->box - 1, line_of(drawn, entity, name),
                                                        other->box - 1, line_of(drawn, other, target));
        arrow->hint = arena_printf(drawn->picture.arena, "%s.%s → %s", entity->name, name, other->name);
    }
}

static size_t count_joined(const struct entities *entities)
{
    size_t count = 0;
    vec_each(entity, entities)
        count += entity->joined;
    return count;
}

static const char *note_of(struct entity_picture *drawn, const struct drawing_choice *choice)
{
    const char **names = arena_alloc(drawn->picture.arena, (drawn->entities.count + 1) * sizeof(*names));
    vec_each(entity, &drawn->entities)
        names[entity - drawn->entities.at] = entity->name;
    return choice_note(drawn->picture.arena, choice, names, drawn->entities.count, drawn->elsewhere);
}

/* Which tables are drawn, and what is said about it; NULL: all. */
static const char *choose(struct entity_picture *drawn, size_t joined, struct drawing_choice *choice)
{
    struct arena *arena = drawn->picture.arena;
    size_t all = drawn->entities.count;
    bool whole = all <= WHOLE_AT_MOST;
    drawn->keys_only = !whole && joined > WHOLE_AT_MOST;
    if (joined > KEYS_AT_MOST) {
        drawing_choose(arena, all, &drawn->links, KEYS_AT_MOST, choice);
        return note_of(drawn, choice);
    }
    choice->drawn = arena_alloc(arena, all + 1);
    vec_each(entity, &drawn->entities)
        choice->boxes += choice->drawn[entity - drawn->entities.at] = whole || entity->joined;
    return whole ? NULL : arena_printf(arena, "%zu of %zu tables: those with foreign keys%s.", joined, all,
                                       drawn->keys_only ? ", and of their columns the keys" : "");
}

const char *site_picture_entities(struct arena *arena, const struct data *tables, bool elsewhere, struct str *out)
{
    struct entity_picture drawn = {.picture = picture_new(arena, "entities-picture", "Tables and what they refer to", false)};
    struct drawing_choice choice = {0};
    drawn.elsewhere = elsewhere;
    look_at_tables(&drawn, tables);
    size_t joined = count_joined(&drawn.entities), all = drawn.entities.count;
    if (all == 0 || (joined == 0 && all > WHOLE_AT_MOST))
        return NULL;
    const char *note = choose(&drawn, joined, &choice);
    vec_each(entity, &drawn.entities)
        if (choice.drawn[entity - drawn.entities.at])
            add_entity(&drawn, entity, tables);
    vec_each(entity, &drawn.entities)
        if (entity->box > 0)
            add_keys(&drawn, entity);
    if (choice.boxes > 0)
        picture_render(&drawn.picture, out);
    return note;
}
