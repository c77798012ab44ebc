#include "write/renumber.h"

#include "base/file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static struct renumber_group *group_of(struct arena *arena, struct renumber_groups *groups, const char *directory,
                                       bool top, const struct filename *file)
{
    const char *name = arena_strndup(arena, file->name.at, file->name.length);
    vec_each(group, groups)
        if (group->version == file->version && strcmp(group->name, name) == 0 && strcmp(group->directory, directory) == 0)
            return group;
    struct renumber_group *group = vec_add(arena, groups);
    *group = (struct renumber_group){.version = file->version, .name = name, .directory = directory, .top = top,
                                     .digits = arena_strndup(arena, file->digits.at, file->digits.length)};
    return group;
}

static int list_directory(struct arena *arena, const char *directory, bool top, struct renumber_groups *groups,
                          struct err *err)
{
    struct file_entries entries = {0};
    if (file_list(arena, directory, &entries, err) != 0)
        return -1;
    vec_each(entry, &entries) {
        struct filename file = filename_read(entry->name);
        bool counts = (file.kind == FILENAME_HALF || file.kind == FILENAME_SINGLE) && !file.too_large;
        if (entry->kind == FILE_REGULAR && counts)
            *vec_add(arena, &group_of(arena, groups, directory, top, &file)->files) = entry->name;
        else if (entry->kind == FILE_DIRECTORY && top &&
                 list_directory(arena, path_join(arena, directory, entry->name), false, groups, err) != 0)
            return -1;
    }
    return 0;
}

static int compare(const void *left, const void *right)
{
    const struct renumber_group *a = left, *b = right;
    return a->version != b->version ? (a->version > b->version) - (a->version < b->version) : strcmp(a->name, b->name);
}

int renumber_list(struct arena *arena, const char *directory, struct renumber_groups *groups, struct err *err)
{
    if (list_directory(arena, directory, true, groups, err) != 0)
        return -1;
    if (groups->count > 0)
        qsort(groups->at, groups->count, sizeof(*groups->at), compare);
    return 0;
}

bool renumber_meet(const struct renumber_group *a, const struct renumber_group *b)
{
    bool common = a->top || b->top || strcmp(path_base(a->directory), "common") == 0 ||
                  strcmp(path_base(b->directory), "common") == 0;
    return common || strcmp(a->directory, b->directory) == 0;
}

bool renumber_must_move(const struct renumber_groups *groups, const struct renumber_group *group)
{
    if (group->on_base)
        return false;
    vec_each(other, groups)
        if (other != group && renumber_meet(group, other) &&
            (other->version == group->version || (other->on_base && other->version > group->version)))
            return true;
    return false;
}

bool renumber_is_shared(const struct renumber_groups *groups, const struct renumber_group *group)
{
    vec_each(other, groups)
        if (other != group && other->version == group->version && other->new_digits == NULL)
            return true;
    return false;
}

bool renumber_is_displacer(const struct renumber_groups *groups, const struct renumber_group *group)
{
    vec_each(other, groups)
        if (group->new_digits == NULL && other->new_digits != NULL && other->version == group->version)
            return true;
    return false;
}

bool renumber_has_twins(const struct renumber_groups *groups)
{
    vec_each(group, groups)
        vec_each(other, groups)
            if (group != other && group->version == other->version && renumber_meet(group, other))
                return true;
    return false;
}

static bool ends_number(char c)
{
    return !isdigit((unsigned char)c);
}

char *renumber_text(struct arena *arena, const char *text, const char *digits, const char *new_digits)
{
    struct str out = str_new(arena);
    size_t length = strlen(digits);
    str_add(&out, "");
    for (const char *at = text; *at != '\0';) {
        bool here = str_starts(at, digits) && ends_number(at[length]) && (at == text || ends_number(at[-1]));
        if (here)
            str_add(&out, new_digits);
        else
            str_add_char(&out, *at);
        at += here ? length : 1;
    }
    return out.at;
}
