/*
 * stopwatch RUNS COMMAND…: runs a command and prints one line per run:
 *
 *     wall-clock µs, CPU µs (user and system), peak memory in KiB, exit status
 *
 * The command's standard output is thrown away.  What it costs to start a process is part of every figure.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000L + time.tv_nsec / 1000;
}

static long microseconds(struct timeval time)
{
    return time.tv_sec * 1000000L + time.tv_usec;
}

static int run(char **command)
{
    posix_spawn_file_actions_t actions;
    struct rusage usage;
    pid_t child;
    int status;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    long started = now();
    int failed = posix_spawnp(&child, command[0], &actions, NULL, command, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        fprintf(stderr, "stopwatch: %s: %s\n", command[0], strerror(failed));
        return -1;
    }
    if (wait4(child, &status, 0, &usage) != child)
        return -1;
    long wall = now() - started;
    printf("%ld %ld %ld %d\n", wall, microseconds(usage.ru_utime) + microseconds(usage.ru_stime), usage.ru_maxrss,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: stopwatch RUNS COMMAND [ARGUMENT]…\n");
        return 2;
    }
    for (long i = strtol(argv[1], NULL, 10); i > 0; i--)
        if (run(argv + 2) != 0)
            return 1;
    return 0;
}
