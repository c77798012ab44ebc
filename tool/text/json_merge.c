#include "text/json_merge.h"

#include "base/map.h"
#include "text/json_edit.h"

#include <string.h>

struct merge {
    struct arena *arena;
    struct source mine, theirs;
    const char *edited;        /* theirs, with one change more; NULL: there is none */
    struct err *err;
};

static bool is_same(const struct node *a, const struct node *b)
{
    const struct node *left = a->first, *right = b->first;
    if (a->kind != b->kind || (a->text == NULL) != (b->text == NULL) || (a->text != NULL && strcmp(a->text, b->text) != 0) ||
        a->truth != b->truth)
        return false;
    for (; left != NULL && right != NULL; left = left->next, right = right->next)
        if ((left->key != NULL && strcmp(left->key, right->key) != 0) || !is_same(left, right))
            return false;
    return left == right;
}

static struct map members_of(struct arena *arena, const struct node *map)
{
    struct map members = {0};
    if (map != NULL && map->kind == NODE_MAP)
        for (struct node *child = map->first; child != NULL; child = child->next)
            map_put(arena, &members, child->key, child);
    return members;
}

static int merge_map(struct merge *merge, const struct node *ancestor, const struct node *mine, const struct node *theirs);

/* A member that mine has, and not as the ancestor has it. */
static int merge_member(struct merge *merge, const struct node *ancestor, const struct node *mine, const struct node *theirs,
                        const struct node *parent)
{
    if (theirs != NULL && is_same(mine, theirs))
        return 0;
    if (theirs != NULL && mine->kind == NODE_MAP && theirs->kind == NODE_MAP)
        return merge_map(merge, ancestor, mine, theirs);
    const char *written = json_edit_written(merge->arena, &merge->mine, mine);
    if (theirs == NULL && ancestor == NULL)
        merge->edited = json_edit_add(merge->arena, &merge->theirs, parent, json_part_raw(merge->arena, mine->key, written));
    else if (theirs != NULL && ancestor != NULL && is_same(ancestor, theirs))
        merge->edited = json_edit_put(merge->arena, &merge->theirs, theirs, written);
    else {
        source_fail_at(&merge->theirs, (theirs != NULL ? theirs : parent)->place, merge->err,
                       "both branches changed \"%s\", and not in the same way", mine->key);
        return err_hint(merge->err, "here it is %s, and on the other branch %s",
                        theirs == NULL ? "taken away" : json_edit_written(merge->arena, &merge->theirs, theirs), written);
    }
    return 0;
}

/* Finds the first change. */
static int merge_map(struct merge *merge, const struct node *ancestor, const struct node *mine, const struct node *theirs)
{
    struct map old = members_of(merge->arena, ancestor), others = members_of(merge->arena, theirs);
    node_each(member, mine) {
        const struct node *before = map_find(&old, member->key);
        if (before != NULL && is_same(before, member))
            continue;
        if (merge_member(merge, before, member, map_find(&others, member->key), theirs) != 0)
            return -1;
        if (merge->edited != NULL)
            return 0;
    }
    return 0;
}

static int read_map(struct merge *merge, const struct source *source, struct node **root)
{
    if (json_read(merge->arena, source->path, source->content, source->length, root, merge->err) != 0)
        return -1;
    return (*root)->kind == NODE_MAP ? 0 : source_fail_at(source, (*root)->place, merge->err, "this is %s; expected an object",
                                                          node_kind_name((*root)->kind));
}

/* One change at a time, since each moves what stands behind it. */
int json_merge(struct arena *arena, const char *path, const char *ancestor, const char *mine, const char *theirs,
               const char **merged, struct err *err)
{
    struct merge merge = {.arena = arena, .mine = {path, mine, strlen(mine)}, .edited = theirs, .err = err};
    const struct source old = {path, ancestor, ancestor == NULL ? 0 : strlen(ancestor)};
    struct node *old_root = NULL, *mine_root, *root;
    if ((ancestor != NULL && read_map(&merge, &old, &old_root) != 0) || read_map(&merge, &merge.mine, &mine_root) != 0)
        return -1;
    while (merge.edited != NULL) {
        merge.theirs = (struct source){path, merge.edited, strlen(merge.edited)};
        merge.edited = NULL;
        if (read_map(&merge, &merge.theirs, &root) != 0 || merge_map(&merge, old_root, mine_root, root) != 0)
            return -1;
    }
    *merged = merge.theirs.content;
    return 0;
}
