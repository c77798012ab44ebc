#include "review/rule_files.h"

#include "base/path.h"

#include <string.h>

void rule_files_find(struct arena *arena, const struct config *config, struct strings *paths)
{
    struct config_trees trees = {0};
    const char *listed = config_text(config, SETTING_RULES);
    *vec_add(arena, paths) = path_join(arena, config->root, "skein-rules.yaml");
    for (const char *at = listed; at != NULL && *at != '\0'; at += *at == ',') {
        at += strspn(at, " ");
        size_t length = strcspn(at, ",");
        *vec_add(arena, paths) = path_join(arena, config->root, arena_strndup(arena, at, length));
        at += length;
    }
    config_trees(arena, config, SETTING_RULES, &trees);
    vec_each(tree, &trees)
        if ((*tree)->kind == NODE_LIST)
            node_each(item, *tree)
                if (item->text != NULL)
                    *vec_add(arena, paths) = path_join(arena, config->root, item->text);
}
