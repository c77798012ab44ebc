#include "base/proc.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

/* A signal may come just before we wait; looking again this often (in milliseconds) needs no masks. */
enum { TICK = 10 };

static volatile sig_atomic_t interrupted, last_signal;

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { CAUGHT = 2, ENDING = 3 };
static struct sigaction inherited[CAUGHT];
static const char *volatile leftover;

static void count_signal(int number)
{
    interrupted++;
    last_signal = number;
}

void proc_catch_signals(void)
{
    struct sigaction action = {.sa_handler = count_signal}; /* no SA_RESTART: waits are to end */
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < CAUGHT; i++)
        sigaction(ending[i], &action, &inherited[i]);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}

int proc_interrupted(void)
{
    return (int)interrupted;
}

int proc_last_signal(void)
{
    return (int)last_signal;
}

void proc_end_on_signals(void)
{
    for (int i = 0; i < CAUGHT; i++)
        sigaction(ending[i], &inherited[i], NULL);
}

/* Of what this calls, everything may be called wherever the signal came. */
static void remove_and_end(int number)
{
    const char *path = leftover;
    pid_t pid = path == NULL ? -1 : fork();
    if (pid == 0) {
        execl("/bin/rm", "rm", "-rf", "--", path, (char *)NULL);
        _exit(1);
    }
    while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
    raise(number);
}

void proc_remove_on_signals(const char *path)
{
    struct sigaction action = {.sa_handler = remove_and_end, .sa_flags = (int)SA_RESETHAND}, before;
    sigemptyset(&action.sa_mask);
    leftover = path;
    for (int i = 0; i < ENDING; i++)
        if (sigaction(ending[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(ending[i], &action, NULL);
}

static int report(struct err *err, const char *program, int reason)
{
    errno = reason;
    enum err_kind kind = reason == ENOENT ? ERR_INPUT : reason == EACCES ? ERR_PERMISSION : ERR_FAILED;
    err_errno(err, kind, "cannot run %s", program);
    return reason == ENOENT ? err_hint(err, "install %s, or add its directory to PATH", program) : -1;
}

enum { STREAMS = 3 };

/* The child gets default signals (an ignored SIGPIPE would be inherited) and those of `ends` that are not -1 as its streams. */
static int spawn(const char *const argv[], const int ends[STREAMS], pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults, mask;
    sigemptyset(&mask);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setsigmask(&attributes, &mask);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    for (int stream = 0; stream < STREAMS; stream++)
        if (ends[stream] >= 0)
            posix_spawn_file_actions_adddup2(&actions, ends[stream], stream);
    int reason = posix_spawnp(pid, argv[0], &actions, &attributes, (char *const *)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return reason;
}

/* A signal that reached only us is passed on, so that nobody waits for a child that was not told. */
static void pass_on(pid_t pid, int *seen)
{
    if (proc_interrupted() == *seen)
        return;
    *seen = proc_interrupted();
    kill(pid, proc_last_signal());
}

/* Most programs are gone a moment after they closed their output, and a short run waits for several. */
static int wait_for(pid_t pid, int *seen)
{
    int status = 0;
    for (int pause = 1; waitpid(pid, &status, WNOHANG) == 0; pause = pause < TICK ? pause + 1 : TICK) {
        poll(NULL, 0, pause);
        pass_on(pid, seen);
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

struct exchange {
    bool held[STREAMS];            /* the others are inherited */
    int ours[STREAMS];             /* our ends; -1 when closed, or never a pipe */
    struct proc_streams *streams;
    size_t written;
    struct str texts[STREAMS];
};

static void write_some(struct exchange *exchange)
{
    const struct proc_streams *streams = exchange->streams;
    size_t left = streams->input_length - exchange->written;
    ssize_t put = left > 0 ? write(exchange->ours[0], streams->input + exchange->written, left) : 0;
    if (put > 0)
        exchange->written += (size_t)put;
    if (exchange->written == streams->input_length || (put < 0 && errno != EAGAIN && errno != EINTR))
        close_end(&exchange->ours[0]);
}

static void read_some(struct exchange *exchange, int stream)
{
    char buffer[1 << 16];
    ssize_t got = read(exchange->ours[stream], buffer, sizeof buffer);
    if (got > 0)
        str_add_bytes(&exchange->texts[stream], buffer, (size_t)got);
    if (got == 0 || (got < 0 && errno != EINTR))
        close_end(&exchange->ours[stream]);
}

static void talk(struct exchange *exchange, pid_t pid, int *seen)
{
    while (exchange->ours[0] >= 0 || exchange->ours[1] >= 0 || exchange->ours[2] >= 0) {
        struct pollfd ready[STREAMS];
        for (int stream = 0; stream < STREAMS; stream++)
            ready[stream] = (struct pollfd){.fd = exchange->ours[stream], .events = stream == 0 ? POLLOUT : POLLIN};
        if (poll(ready, STREAMS, TICK) > 0)
            for (int stream = 0; stream < STREAMS; stream++)
                if (ready[stream].revents != 0)
                    stream == 0 ? write_some(exchange) : read_some(exchange, stream);
        pass_on(pid, seen);
    }
}

static int open_pipes(struct exchange *exchange, int theirs[STREAMS])
{
    for (int stream = 0; stream < STREAMS; stream++)
        exchange->ours[stream] = theirs[stream] = -1;
    for (int stream = 0; stream < STREAMS; stream++) {
        int ends[2];
        if (!exchange->held[stream])
            continue;
        if (pipe2(ends, O_CLOEXEC) != 0)
            return errno;
        exchange->ours[stream] = ends[stream == 0];
        theirs[stream] = ends[stream != 0];
    }
    return !exchange->held[0] || fcntl(exchange->ours[0], F_SETFL, O_NONBLOCK) == 0 ? 0 : errno;
}

static int run(const char *const argv[], struct exchange *exchange, int *status, struct err *err)
{
    int theirs[STREAMS];
    pid_t pid = 0;
    int seen = proc_interrupted();
    int reason = open_pipes(exchange, theirs);
    if (reason == 0)
        reason = spawn(argv, theirs, &pid);
    for (int stream = 0; stream < STREAMS; stream++)
        close_end(&theirs[stream]);
    if (reason == 0) {
        talk(exchange, pid, &seen);
        *status = wait_for(pid, &seen);
    }
    for (int stream = 0; stream < STREAMS; stream++)
        close_end(&exchange->ours[stream]);
    return reason == 0 ? 0 : report(err, argv[0], reason);
}

int proc_run(struct arena *arena, const char *const argv[], char **output, int *status, struct err *err)
{
    struct exchange exchange = {.held = {[1] = output != NULL}, .texts = {[1] = str_new(arena)}};
    int result = run(argv, &exchange, status, err);
    if (result == 0 && output != NULL)
        *output = exchange.texts[1].at;
    return result;
}

int proc_exchange(struct arena *arena, const char *const argv[], struct proc_streams *streams, int *status,
                  struct err *err)
{
    struct exchange exchange = {
        .held = {true, true, true}, .streams = streams, .texts = {[1] = str_new(arena), [2] = str_new(arena)}};
    struct sigaction ignored = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignored, &before);
    int result = run(argv, &exchange, status, err);
    sigaction(SIGPIPE, &before, NULL);
    streams->output = (struct proc_text){exchange.texts[1].at, exchange.texts[1].length};
    streams->complaint = (struct proc_text){exchange.texts[2].at, exchange.texts[2].length};
    return result;
}
