#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 2 * 1024, BLOCK_SIZE = 64 * 1024, OUT_OF_MEMORY_EXIT = 70 };

struct arena_block {
    struct arena_block *next;
    size_t used, room;
    alignas(max_align_t) char bytes[];
};

static void out_of_memory(void)
{
    fputs("skein: out of memory\n", stderr);
    exit(OUT_OF_MEMORY_EXIT);
}

static struct arena_block *block_new(size_t room)
{
    if (room > SIZE_MAX - sizeof(struct arena_block))
        out_of_memory();
    struct arena_block *block = malloc(sizeof(*block) + room);
    if (block == NULL)
        out_of_memory();
    *block = (struct arena_block){.room = room};
    return block;
}

void arena_release(struct arena *arena)
{
    struct arena_block *block = arena->blocks;
    while (block != NULL) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->blocks = NULL;
}

/* A large piece gets a block of its own behind the first, so that the first keeps filling up. */
static void *large_alloc(struct arena *arena, size_t size)
{
    struct arena_block *block = block_new(size);
    block->used = size;
    if (arena->blocks == NULL) {
        arena->blocks = block;
    } else {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    }
    return block->bytes;
}

/* Blocks grow, so that an arena for one small file costs little. */
static size_t next_room(const struct arena_block *block, size_t size)
{
    size_t room = block == NULL ? FIRST_BLOCK : block->room * 2;
    if (room > BLOCK_SIZE)
        room = BLOCK_SIZE;
    return room < size ? size : room;
}

static size_t round_up(size_t size)
{
    const size_t alignment = alignof(max_align_t);
    if (size > SIZE_MAX - alignment)
        out_of_memory();
    return (size + alignment - 1) / alignment * alignment;
}

/* Memory as it comes: whoever writes all of it need not have it zeroed first. */
static void *take(struct arena *arena, size_t size)
{
    size = round_up(size);
    if (size > BLOCK_SIZE / 4)
        return large_alloc(arena, size);
    struct arena_block *block = arena->blocks;
    if (block == NULL || block->room - block->used < size) {
        block = block_new(next_room(arena->blocks, size));
        block->next = arena->blocks;
        arena->blocks = block;
    }
    void *piece = block->bytes + block->used;
    block->used += size;
    return piece;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(take(arena, size), 0, size);
}

void *arena_grow(struct arena *arena, void *piece, size_t old_size, size_t size)
{
    struct arena_block *block = arena->blocks;
    size_t held = round_up(old_size), wanted = round_up(size);
    bool newest = block != NULL && piece != NULL && (char *)piece + held == block->bytes + block->used;
    char *grown = piece;
    if (newest && wanted - held <= block->room - block->used) {
        block->used += wanted - held;
    } else {
        grown = take(arena, size);
        if (old_size != 0)
            memcpy(grown, piece, old_size);
    }
    memset(grown + old_size, 0, size - old_size);
    return grown;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    char *copy = take(arena, length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

/* Most texts fit into what is left of the block, and are then written only once. */
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    struct arena_block *block = arena->blocks;
    size_t left = block == NULL ? 0 : block->room - block->used;
    char *text = block == NULL ? NULL : block->bytes + block->used;
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(text, left, format, again);
    va_end(again);
    if (length < 0)
        return arena_strdup(arena, "");
    if (round_up((size_t)length + 1) <= left) {
        block->used += round_up((size_t)length + 1);
        return text;
    }
    text = take(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}
