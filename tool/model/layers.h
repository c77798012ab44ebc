/* Nearest wins: one value per setting, out of everything that has something to say about it. */
#ifndef MODEL_LAYERS_H
#define MODEL_LAYERS_H

#include "model/config.h"
#include "model/keys.h"

struct layers {
    const struct config_options *options;
    const struct node *service;           /* an application's file; NULL: none */
    const struct node *repository;        /* NULL: none */
    enum key_scope repository_scope;
};

/* Fills config->values.  Errors: those of config_read. */
int layers_resolve(struct arena *arena, const struct layers *layers, struct config *config, struct err *err);

#endif
