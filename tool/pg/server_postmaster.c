#include "pg/server_postmaster.h"

#include "base/file.h"
#include "pg/server_place.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

/* The lines of postmaster.pid (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*). */
enum { LINE_PID, LINE_DATA, LINE_START, LINE_PORT, LINE_SOCKET, LINE_ADDRESS, LINE_MEMORY, LINE_STATUS, LINES };

static bool read_lines(struct arena *arena, const char *path, char *lines[LINES])
{
    char *text = NULL;
    size_t length = 0;
    struct err ignored = {.arena = arena};
    if (file_kind(path) != FILE_REGULAR || file_read(arena, path, 64 << 10, &text, &length, &ignored) != 0)
        return false;
    for (int i = 0; i < LINES; i++) {
        size_t end = strcspn(text, "\n");
        lines[i] = text;
        text += end + (text[end] != '\0');
        lines[i][end] = '\0';
    }
    return true;
}

static int read_pid(const char *line)
{
    char *end;
    errno = 0;
    long pid = strtol(line, &end, 10);
    return errno == 0 && end != line && pid > 0 && pid <= INT32_MAX ? (int)pid : 0;
}

/* A zombie has no working directory, so a dead server whose parent does not look is not taken for alive. */
static bool works_in(struct arena *arena, int pid, const char *directory)
{
    struct stat own, its;
    return pid > 0 && stat(directory, &own) == 0 && stat(arena_printf(arena, "/proc/%d/cwd", pid), &its) == 0
        && own.st_dev == its.st_dev && own.st_ino == its.st_ino;
}

static const char *program_of(struct arena *arena, int pid)
{
    char path[4096];
    ssize_t length = readlink(arena_printf(arena, "/proc/%d/exe", pid), path, sizeof path - 1);
    return length > 0 ? arena_strndup(arena, path, (size_t)length) : NULL;
}

bool postmaster_find(struct arena *arena, const char *data, struct postmaster *postmaster)
{
    char *lines[LINES];
    *postmaster = (struct postmaster){.socket_directory = "", .shared_memory = -1};
    if (!read_lines(arena, path_join(arena, data, "postmaster.pid"), lines))
        return false;
    int pid = read_pid(lines[LINE_PID]);
    if (!works_in(arena, pid, data))
        return false;
    const char *program = program_of(arena, pid);
    postmaster->pid = pid;
    postmaster->ready = str_starts(lines[LINE_STATUS], "ready");
    postmaster->socket_directory = lines[LINE_SOCKET];
    postmaster->bin_directory = program != NULL ? path_directory(arena, program) : NULL;
    return true;
}

void postmaster_forget(struct arena *arena, const char *data)
{
    const char *path = path_join(arena, data, "postmaster.pid");
    char *lines[LINES];
    if (!read_lines(arena, path, lines))
        return;
    int pid = read_pid(lines[LINE_PID]);
    if (pid > 0 && (kill(pid, 0) == 0 || errno == EPERM) && !works_in(arena, pid, data))
        unlink(path);
}

/* The pidfd is opened before the process is looked at: who is looked at is then who is signalled. */
bool postmaster_signal(struct arena *arena, const char *data, int signal)
{
    char *lines[LINES];
    if (!read_lines(arena, path_join(arena, data, "postmaster.pid"), lines))
        return false;
    int pid = read_pid(lines[LINE_PID]);
    int process = pid > 0 ? pidfd_open(pid, 0) : -1;
    if (process < 0)
        return false;
    bool sent = works_in(arena, pid, data) && pidfd_send_signal(process, signal, NULL, 0) == 0;
    close(process);
    return sent;
}

bool postmaster_holds_socket(struct arena *arena, const char *directory, const char *data)
{
    char *lines[LINES];
    if (!read_lines(arena, arena_printf(arena, "%s" SOCKET_NAME ".lock", directory), lines))
        return false;
    int pid = read_pid(lines[LINE_PID]);
    const char *program = pid > 0 ? program_of(arena, pid) : NULL;
    return program != NULL && str_starts(path_base(program), "postgres") && !works_in(arena, pid, data);
}

void postmaster_free_memory(struct arena *arena, const char *data)
{
    char *lines[LINES], *end;
    if (!read_lines(arena, path_join(arena, data, "postmaster.pid"), lines))
        return;
    long key = strtol(lines[LINE_MEMORY], &end, 10);
    long id = strtol(end, NULL, 10);
    struct shmid_ds segment;
    if (*end != '\0' && shmctl((int)id, IPC_STAT, &segment) == 0 && (long)segment.shm_perm.__key == key
        && segment.shm_nattch == 0)
        shmctl((int)id, IPC_RMID, NULL);
}
