/* The keys of configuration files: which setting a key means, and which keys nobody knows. */
#ifndef MODEL_KEYS_H
#define MODEL_KEYS_H

#include "model/config.h"

/* The repository's own file, or one that mostly belongs to an application. */
enum key_scope { KEYS_OF_REPOSITORY, KEYS_OF_APPLICATION };

/*
 * The node that holds the setting, or NULL when the file has none.
 * Errors: ERR_INPUT when it is not a plain value, or is given twice under two keys with different values.
 */
int keys_find(const struct node *document, enum key_scope scope, enum setting setting, const struct node **found,
              struct err *err);

/* Adds the lists and maps that stand under the keys of a setting that may be one. */
void keys_trees(struct arena *arena, const struct node *document, enum key_scope scope, enum setting setting,
                struct config_trees *trees);

/*
 * Warns of unknown keys, with the nearest known one.
 * Errors: ERR_INPUT when a section such as `database` is not a map.
 */
int keys_check(struct arena *arena, const struct node *document, enum key_scope scope, struct findings *findings,
               struct err *err);

#endif
