/* Loading one service: configuration, environment, files and declarations. */
#ifndef MODEL_LOAD_H
#define MODEL_LOAD_H

#include "model/catalog.h"
#include "model/reference.h"

/* What reading a catalog carries along. */
struct loading {
    struct arena *arena;
    const struct config_options *options;
    struct catalog *catalog;
    struct findings *findings;
    struct references *references;
};

/* Fills a service whose name and directories are known. */
void load_service(const struct loading *loading, struct service *service);

/* The same for the one service of --migrations, whose configuration is the repository's: files only. */
void load_plain(const struct loading *loading, struct service *service);

#endif
