#include "pg/server_keeper.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- in the keeper ---- */

/* Signals to a whole group or session end the owner; the keeper's own work begins there. */
static void ignore_signals(void)
{
    const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
}

/* Nothing of the owner's stays open here: no terminal, no pipe that somebody waits on, no other lifeline. */
static void keep_only(int *lifeline, struct server_launch *launch)
{
    enum { FIRST = 3 };
    int nothing = open("/dev/null", O_RDWR);
    int files[] = {*lifeline, launch->running_file, launch->log_file};
    for (int i = 0; i < 3; i++)
        files[i] = fcntl(files[i], F_DUPFD, 16);
    for (int i = 0; i < 3; i++)
        if (dup2(nothing, i) < 0 || dup2(files[i], FIRST + i) < 0)
            _exit(126);
    close_range(FIRST + 3, ~0U, 0);
    *lifeline = FIRST;
    launch->running_file = FIRST + 1;
    launch->log_file = FIRST + 2;
}

static bool wait_for_owner(int lifeline)
{
    char byte;
    ssize_t got;
    while ((got = read(lifeline, &byte, 1)) < 0 && errno == EINTR)
        ;
    return got == 1;
}

/* Until the owner is gone.  A server that ends before it gives up the lock, so that the owner sees it. */
static void watch(int lifeline, pid_t server, struct server_launch *launch)
{
    struct pollfd files[] = {{.fd = lifeline, .events = POLLIN}, {.fd = pidfd_open(server, 0), .events = POLLIN}};
    while (files[0].revents == 0) {
        if (files[1].fd >= 0 && files[1].revents != 0) {
            waitpid(server, NULL, 0);
            close(files[1].fd);
            close(launch->running_file);
            files[1].fd = -1;
        }
        poll(files, 2, -1);
    }
    if (files[1].fd < 0)
        return;
    kill(server, SIGQUIT);
    while (waitpid(server, NULL, 0) < 0 && errno == EINTR)
        ;
}

static _Noreturn void keep(const char *directory, struct server_launch launch, int lifeline)
{
    struct arena arena = {0};
    struct err ignored = {.arena = &arena};
    setsid();
    prctl(PR_SET_NAME, "skein-keeper");
    ignore_signals();
    keep_only(&lifeline, &launch);
    if (chdir("/") != 0 || !server_user_become(launch.user))
        _exit(126);
    if (wait_for_owner(lifeline)) {
        pid_t self = getpid(), server = fork();
        if (server == 0)
            server_launch_exec(&launch, SIGQUIT, self);
        if (server > 0)
            watch(lifeline, server, &launch);
    }
    /* The owner's own copying may still be putting files there for a moment. */
    for (int i = 0; i < 20 && file_remove_tree(directory, &ignored) != 0; i++)
        usleep(5000);
    _exit(0);
}

/* ---- in the owner ---- */

int keeper_open(const char *directory, const struct server_launch *launch, struct keeper *keeper, struct err *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_errno(err, ERR_CONNECTION, "cannot start the keeper of a throw-away server");
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[1]);
        keep(directory, *launch, ends[0]);
    }
    close(ends[0]);
    *keeper = (struct keeper){pid, ends[1]};
    if (pid > 0)
        return 0;
    close(ends[1]);
    return err_errno(err, ERR_CONNECTION, "cannot start the keeper of a throw-away server");
}

int keeper_start(const struct keeper *keeper, struct err *err)
{
    if (write(keeper->lifeline, "s", 1) == 1)
        return 0;
    return err_errno(err, ERR_CONNECTION, "the keeper of the throw-away server is gone");
}

void keeper_close(struct keeper *keeper)
{
    if (keeper->pid <= 0)
        return;
    close(keeper->lifeline);
    while (waitpid(keeper->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    *keeper = (struct keeper){.lifeline = -1};
}
