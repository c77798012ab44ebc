/*
 * delay_proxy SOCKET MILLISECONDS: a link to a Unix socket that takes so long each way.
 *
 * Listens on a free port of 127.0.0.1, prints the port, and serves until it is killed or its parent ends.  What
 * arrives is passed on after the delay, in order; nothing waits for anything else, and bandwidth is not limited, so
 * that a client waits for round trips and for nothing else.  A new connection is not delayed itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 65536, CONNECTIONS = 64, FAR_AWAY = 1000000000 };

/* Bytes on their way; none at all stand for the end of the stream. */
struct chunk {
    int64_t due;
    size_t length, sent;
    struct chunk *next;
    char bytes[];
};

/* One direction of one connection. */
struct way {
    int from, to;
    int ended;          /* nothing more comes from `from` */
    int done;           /* and all of it was passed on */
    struct chunk *first, **last;
};

struct link {
    int used;
    struct way ways[2];
};

static struct link links[CONNECTIONS];
static struct sockaddr_un server;
static int64_t delay;

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void open_way(struct way *way, int from, int to)
{
    *way = (struct way){.from = from, .to = to, .last = &way->first};
    fcntl(from, F_SETFL, O_NONBLOCK);
}

static void accept_link(int listener)
{
    int client = accept(listener, NULL, NULL), at = 0, yes = 1;
    while (at < CONNECTIONS && links[at].used)
        at++;
    int peer = socket(AF_UNIX, SOCK_STREAM, 0);
    if (client < 0 || at == CONNECTIONS || connect(peer, (struct sockaddr *)&server, sizeof(server)) != 0) {
        close(client);
        close(peer);
        return;
    }
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    links[at].used = 1;
    open_way(&links[at].ways[0], client, peer);
    open_way(&links[at].ways[1], peer, client);
}

static void take(struct way *way)
{
    static char bytes[CHUNK];
    ssize_t length = read(way->from, bytes, sizeof(bytes));
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    size_t size = length < 0 ? 0 : (size_t)length;
    struct chunk *chunk = malloc(sizeof(*chunk) + size);
    if (chunk == NULL)
        fail("delay_proxy");
    *chunk = (struct chunk){.due = now() + delay, .length = size};
    memcpy(chunk->bytes, bytes, size);
    way->ended = size == 0;
    *way->last = chunk;
    way->last = &chunk->next;
}

static void drop_first(struct way *way)
{
    struct chunk *chunk = way->first;
    way->first = chunk->next;
    if (way->first == NULL)
        way->last = &way->first;
    free(chunk);
}

/* Passes on what is due, as far as the other side takes it. */
static void pass(struct way *way)
{
    while (way->first != NULL && way->first->due <= now()) {
        struct chunk *chunk = way->first;
        if (chunk->length == 0) {
            shutdown(way->to, SHUT_WR);
            way->done = 1;
        }
        ssize_t sent = chunk->length == 0 ? 0 : send(way->to, chunk->bytes + chunk->sent, chunk->length - chunk->sent, MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (sent < 0)
            sent = (ssize_t)(chunk->length - chunk->sent);
        chunk->sent += (size_t)sent;
        if (chunk->sent == chunk->length)
            drop_first(way);
    }
}

static void close_link(struct link *link)
{
    close(link->ways[0].from);
    close(link->ways[1].from);
    link->used = 0;
}

/* Serves one link after poll() and says when it is due next. */
static int64_t serve(struct link *link, const struct pollfd *polled)
{
    int64_t next = INT64_MAX;
    for (int i = 0; i < 2; i++) {
        struct way *way = &link->ways[i];
        if (!way->ended && (polled[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
            take(way);
        pass(way);
        if (way->first != NULL && way->first->due < next)
            next = way->first->due;
    }
    if (link->ways[0].done && link->ways[1].done)
        close_link(link);
    return next;
}

static void watch(const struct link *link, struct pollfd *polled)
{
    for (int i = 0; i < 2; i++) {
        const struct way *way = &link->ways[i], *back = &link->ways[1 - i];
        int stuck = back->first != NULL && back->first->due <= now();
        int events = (way->ended ? 0 : POLLIN) | (stuck ? POLLOUT : 0);
        polled[i] = (struct pollfd){.fd = link->used && events != 0 ? way->from : -1, .events = (short)events};
    }
}

static int listen_somewhere(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, CONNECTIONS) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        fail("delay_proxy");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

int main(int argc, char **argv)
{
    struct pollfd polled[2 * CONNECTIONS + 1];
    int64_t next = INT64_MAX;
    if (argc != 3 || strlen(argv[1]) >= sizeof(server.sun_path)) {
        fprintf(stderr, "usage: delay_proxy SOCKET MILLISECONDS\n");
        return 2;
    }
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    server.sun_family = AF_UNIX;
    memcpy(server.sun_path, argv[1], strlen(argv[1]) + 1);
    delay = (int64_t)(strtod(argv[2], NULL) * 1e6);
    int listener = listen_somewhere();
    for (;;) {
        int64_t wait = next == INT64_MAX ? FAR_AWAY : next - now();
        wait = wait < 0 ? 0 : wait;
        struct timespec timeout = {.tv_sec = wait / 1000000000, .tv_nsec = wait % 1000000000};
        for (int i = 0; i < CONNECTIONS; i++)
            watch(&links[i], &polled[2 * i]);
        polled[2 * CONNECTIONS] = (struct pollfd){.fd = listener, .events = POLLIN};
        if (ppoll(polled, 2 * CONNECTIONS + 1, &timeout, NULL) < 0 && errno != EINTR)
            fail("delay_proxy");
        next = INT64_MAX;
        for (int i = 0; i < CONNECTIONS; i++) {
            int64_t due = links[i].used ? serve(&links[i], &polled[2 * i]) : INT64_MAX;
            next = due < next ? due : next;
        }
        if ((polled[2 * CONNECTIONS].revents & POLLIN) != 0)
            accept_link(listener);
    }
}
