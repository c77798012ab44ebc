/*
 * Kills a program at a chosen moment of its writing of files.  Preloaded (LD_PRELOAD), it counts what makes, fills, renames
 * and removes files; nothing of it is in the program itself.
 *
 *   CRASH_COUNT=FILE  writes how many moments the run had
 *   CRASH_AT=N        SIGKILL instead of the Nth one (from 1); of a write, half is done before
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static long moment;

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

__attribute__((destructor)) static void write_count(void)
{
    const char *path = getenv("CRASH_COUNT");
    FILE *file = path == NULL ? NULL : fopen(path, "w");
    if (file == NULL)
        return;
    fprintf(file, "%ld\n", moment);
    fclose(file);
}

static int is_now(void)
{
    const char *at = getenv("CRASH_AT");
    return ++moment == (at == NULL ? 0 : atol(at));
}

static void pass(void)
{
    if (is_now())
        kill(getpid(), SIGKILL);
}

int open(const char *path, int flags, ...)
{
    int (*real)(const char *, int, ...) = next("open");
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if ((flags & O_CREAT) != 0)
        pass();
    return real(path, flags, mode);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    ssize_t (*real)(int, const void *, size_t) = next("write");
    if (fd > 2 && is_now()) {
        (void)!real(fd, bytes, size / 2);
        kill(getpid(), SIGKILL);
    }
    return real(fd, bytes, size);
}

int rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *) = next("rename");
    pass();
    return real(from, to);
}

int unlink(const char *path)
{
    int (*real)(const char *) = next("unlink");
    pass();
    return real(path);
}

int mkdir(const char *path, mode_t mode)
{
    int (*real)(const char *, mode_t) = next("mkdir");
    pass();
    return real(path, mode);
}
