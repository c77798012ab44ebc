/* A catalog read from a tree of files, as the command line reads it. */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include "base/str.h"
#include "model/catalog.h"
#include "tree.h"

#include <inttypes.h>

struct world {
    struct tree tree;
    struct config_options options;
    struct config config;
    struct catalog catalog;
    struct findings findings;
    struct err err;
};

static inline void world_open(struct world *world)
{
    *world = (struct world){0};
    tree_open(&world->tree);
    world->err.arena = &world->tree.arena;
    for (size_t i = 0; i < SETTINGS; i++)
        for (const char *const *name = setting_rows[i].variables; *name != NULL; name++)
            unsetenv(*name);
}

static inline void world_close(struct world *world)
{
    tree_close(&world->tree);
}

/* What catalog_read returns; an error of the configuration ends the test. */
static inline int world_read(struct world *world)
{
    struct arena *arena = &world->tree.arena;
    world->findings = (struct findings){0};
    if (config_read(arena, &world->options, &world->config, &world->findings, &world->err) != 0) {
        fprintf(stderr, "config: %s\n", world->err.message);
        abort();
    }
    return catalog_read(arena, &world->options, &world->config, &world->catalog, &world->findings, &world->err);
}

/* "user-service 000001_init, auth-service 000002_x(development)": in catalog order, with the environment. */
static inline const char *world_order(struct world *world)
{
    struct str text = str_new(&world->tree.arena);
    vec_each(at, &world->catalog.order) {
        const struct migration *migration = *at;
        str_add(&text, text.length == 0 ? "" : ", ");
        if (!world->catalog.plain && world->catalog.services.count > 1)
            str_addf(&text, "%s ", migration->service->name);
        str_add(&text, migration->id);
        if (migration->environment != NULL)
            str_addf(&text, "(%s)", migration->environment);
        if (migration->up.path == NULL || migration->down.path == NULL)
            str_add(&text, migration->up.path == NULL ? " -up" : " -down");
    }
    return text.at;
}

/* "error rule file:line, warning rule file": what was found, in order. */
static inline const char *world_findings(struct world *world)
{
    struct str text = str_new(&world->tree.arena);
    vec_each(finding, &world->findings) {
        const struct place *place = &finding->place;
        str_addf(&text, "%s%s %s", text.length == 0 ? "" : ", ", severity_names[finding->severity], finding->rule);
        if (place->file != NULL)
            str_addf(&text, " %s", place->file);
        if (place->line != 0)
            str_addf(&text, ":%d", place->line);
    }
    return text.at;
}

#endif
