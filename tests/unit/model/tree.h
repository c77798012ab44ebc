/* Directories of files for tests: made below a fresh temporary directory and removed again. */
#ifndef TESTS_TREE_H
#define TESTS_TREE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct tree {
    struct arena arena;
    char root[32];
};

static inline void tree_open(struct tree *tree)
{
    *tree = (struct tree){.root = "/tmp/skein-test-XXXXXX"};
    if (mkdtemp(tree->root) == NULL || chdir(tree->root) != 0)
        abort();
}

static inline void tree_close(struct tree *tree)
{
    struct err err = {.arena = &tree->arena};
    if (chdir("/") != 0 || file_remove_tree(tree->root, &err) != 0)
        abort();
    arena_release(&tree->arena);
}

/* A file with its directories; a path that ends with '/' is a directory. */
static inline void tree_add(struct tree *tree, const char *path, const char *content)
{
    struct err err = {.arena = &tree->arena};
    bool directory = path[strlen(path) - 1] == '/';
    const char *folder = directory ? path : path_directory(&tree->arena, path);
    if (file_make_directory(&tree->arena, folder, 0755, &err) != 0 ||
        (!directory && file_write(&tree->arena, path, content, strlen(content), 0644, &err) != 0))
        abort();
}

static inline void tree_link(struct tree *tree, const char *path, const char *target)
{
    struct err err = {.arena = &tree->arena};
    if (file_make_directory(&tree->arena, path_directory(&tree->arena, path), 0755, &err) != 0 ||
        symlink(target, path) != 0)
        abort();
}

#endif
