/* Starts a throw-away server, prints "URL PID DIRECTORY", and keeps it until its standard input ends. */
#include "pg/server.h"

#include <stdio.h>
#include <unistd.h>

int main(void)
{
    struct arena arena = {0};
    struct err err = {.arena = &arena};
    struct server server;
    char byte;
    if (server_start_throwaway(&arena, &server, &err) != 0) {
        fprintf(stderr, "error: %s\n", err.message);
        return 1;
    }
    printf("%s %d %s\n", server.url, server.pid, server.socket_directory);
    fflush(stdout);
    while (read(0, &byte, 1) > 0)
        ;
    server_drop(&server);
    arena_release(&arena);
    return 0;
}
