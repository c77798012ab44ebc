/* Tables as boxes with their columns, and foreign keys as arrows from column to table. */
#include "write/site_picture.h"

#include "base/map.h"

#include <stdint.h>
#include <string.h>

enum {
    WHOLE_AT_MOST = 40, /* tables with all their columns */
    KEYS_AT_MOST = 150, /* with keys alone */
    LINES_AT_MOST = 30  /* columns of one box */
};

/* A table, and what is drawn of it. */
struct entity {
    const struct data *table; /* NULL: one of another service */
    const char *name, *link;
    bool joined;    /* a foreign key leads from it or to it */
    size_t box;     /* and 1; 0: not drawn */
};
VEC(entities, struct entity);

struct entity_picture {
    struct picture picture;
    struct entities entities;
    struct map by_anchor; /* the number of an entity, and 1 */
    bool keys_only;
};

static struct entity *find(struct entity_picture *drawn, const char *anchor)
{
    size_t number = anchor == NULL ? 0 : (size_t)(uintptr_t)map_find(&drawn->by_anchor, anchor);
    return number == 0 ? NULL : &drawn->entities.at[number - 1];
}

static void add(struct entity_picture *drawn, const struct data *table, const char *name, const char *link)
{
    const char *anchor = link == NULL ? NULL : strchr(link, '#');
    *vec_add(drawn->picture.arena, &drawn->entities) = (struct entity){.table = table, .name = name, .link = link};
    if (anchor != NULL)
        map_put(drawn->picture.arena, &drawn->by_anchor, anchor + 1, (void *)(uintptr_t)drawn->entities.count);
}

/* Where a foreign key leads: known by the anchor of the link to it. */
static struct entity *referenced(struct entity_picture *drawn, const struct data *column)
{
    const char *link = data_find_text(data_find(column, "references"), "link");
    return link == NULL || strchr(link, '#') == NULL ? NULL : find(drawn, strchr(link, '#') + 1);
}

/* Tables of other services that are referred to. */
static void add_foreign(struct entity_picture *drawn, const struct data *tables)
{
    for (const struct data *table = tables->first; table != NULL; table = table->next)
        for (const struct data *column = data_find_first(table, "columns"); column != NULL; column = column->next) {
            const struct data *references = data_find(column, "references");
            if (data_find_text(references, "link") != NULL && referenced(drawn, column) == NULL)
                add(drawn, NULL, data_find_text(references, "table"), data_find_text(references, "link"));
        }
}

static void look_at_tables(struct entity_picture *drawn, const struct data *tables)
{
    for (const struct data *table = tables->first; table != NULL; table = table->next)
        add(drawn, table, data_find_text(table, "name"),
            arena_printf(drawn->picture.arena, "#%s", data_find_text(table, "anchor")));
    add_foreign(drawn, tables);
    vec_each(entity, &drawn->entities)
        for (const struct data *column = data_find_first(entity->table, "columns"); column != NULL; column = column->next) {
            struct entity *other = referenced(drawn, column);
            if (other != NULL)
                entity->joined = other->joined = true;
        }
}

static const char *mark_of(const struct data *column)
{
    if (data_is_true(data_find(column, "primary")))
        return "PK";
    return data_is_true(data_find(column, "references")) ? "FK" : NULL;
}

static void add_entity(struct entity_picture *drawn, struct entity *entity)
{
    struct picture *picture = &drawn->picture;
    const char *style = entity->table == NULL ? "foreign" : NULL;
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

const char *site_picture_entities(struct arena *arena, const struct data *tables, struct str *out)
{
    struct entity_picture drawn = {.picture = picture_new(arena, "entities-picture", "Tables and what they refer to", false)};
    if (tables == NULL || tables->kind != DATA_LIST)
        return NULL;
    look_at_tables(&drawn, tables);
    size_t joined = count_joined(&drawn.entities), all = drawn.entities.count;
    if (all == 0 || joined > KEYS_AT_MOST || (joined == 0 && all > WHOLE_AT_MOST))
        return NULL;
    bool whole = all <= WHOLE_AT_MOST;
    drawn.keys_only = !whole && joined > WHOLE_AT_MOST;
    vec_each(entity, &drawn.entities)
        if (whole || entity->joined)
            add_entity(&drawn, entity);
    vec_each(entity, &drawn.entities)
        if (entity->box > 0)
            add_keys(&drawn, entity);
    picture_render(&drawn.picture, out);
    if (whole)
        return NULL;
    return arena_printf(arena, "%zu of %zu tables: those with foreign keys%s.", joined, all,
                        drawn.keys_only ? ", and of their columns the keys" : "");
}
