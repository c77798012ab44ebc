/*
 * Memory that lives and dies together.
 *
 * One arena per run owns everything the run allocates; nothing else is freed
 * by hand except handles (files, connections).  A short-lived arena may be made
 * for one batch of work and released at its end.  When the system has no memory
 * left the program ends here, with exit code 70; no caller checks for NULL.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks;
};

/* An arena starts as {0}.  Releasing it frees all that was taken from it and leaves it usable. */
void arena_release(struct arena *arena);

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);

/*
 * A piece with more room, which takes the place of one that the arena gave: it holds what that held, and zeroes behind
 * it.  The newest piece grows where it is.
 */
void *arena_grow(struct arena *arena, void *piece, size_t old_size, size_t size);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

/* Copies, terminated by NUL. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);

/* The formatted text. */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

#endif
