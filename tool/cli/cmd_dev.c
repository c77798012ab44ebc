#include "base/proc.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/psql.h"
#include "cli/verb.h"
#include "pg/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tell(const struct run *run, const struct server *server, const char *sentence)
{
    if (option_on(&run->options, OPTION_JSON)) {
        struct json *document = json_log_document(run->arena);
        json_set_bool(document, "running", server->pid != 0);
        json_set_bool(document, "started", server->started_now);
        json_set(document, "pid", server->pid != 0 ? json_integer(run->arena, server->pid) : json_text(run->arena, NULL));
        json_set_text(document, "url", server->url);
        json_set_text(document, "data", server->data_directory);
        json_set_text(document, "log", server->log);
        json_set_text(document, "programs", server->bin_directory);
        json_set_text(document, "note", server->note);
        json_log_print(run->arena, document);
        return;
    }
    if (option_on(&run->options, OPTION_QUIET))
        return;
    printf("%s\n", sentence);
    if (server->note != NULL)
        printf("note: %s\n", server->note);
}

static int dev_start(struct run *run, struct err *err)
{
    struct server server;
    if (server_start(run->arena, run->config.root, &server, err) != 0)
        return -1;
    tell(run, &server, arena_printf(run->arena, "the private PostgreSQL %s: %s",
                                    server.started_now ? "is started" : "was running", server.url));
    return 0;
}

static int dev_stop(struct run *run, struct err *err)
{
    struct server before, after;
    if (server_look(run->arena, run->config.root, &before, err) != 0
        || server_stop(run->arena, run->config.root, err) != 0
        || server_look(run->arena, run->config.root, &after, err) != 0)
        return -1;
    tell(run, &after, before.pid != 0 ? arena_printf(run->arena, "stopped; the data stay in %s", after.data_directory)
                                      : "the private PostgreSQL is not running");
    return 0;
}

static int dev_status(struct run *run, struct err *err)
{
    struct server server;
    if (server_look(run->arena, run->config.root, &server, err) != 0)
        return -1;
    const char *head = server.pid == 0 ? "not running" : arena_printf(run->arena, "running, pid %d", server.pid);
    struct str text = str_new(run->arena);
    str_addf(&text, "%s\n", head);
    if (server.pid != 0)
        str_addf(&text, "url:      %s\nprograms: %s\n", server.url,
                 server.bin_directory != NULL ? server.bin_directory : "unknown");
    str_addf(&text, "data:     %s\nlog:      %s", server.data_directory, server.log);
    tell(run, &server, text.at);
    if (server.pid != 0 || !option_on(&run->options, OPTION_EXIT_CODE))
        return 0;
    err_clear(err);
    err->kind = ERR_FAILED;
    return -1;
}

static int dev_url(struct run *run, struct err *err)
{
    struct server server;
    if (server_start(run->arena, run->config.root, &server, err) != 0)
        return -1;
    if (option_on(&run->options, OPTION_JSON))
        tell(run, &server, "");
    else
        printf("%s\n", server.url);
    return 0;
}

static int dev_psql(struct run *run, struct err *err)
{
    struct server server;
    struct dsn dsn;
    struct strings rest = run->options.arguments;
    rest.at++;
    rest.count--;
    if (server_start(run->arena, run->config.root, &server, err) != 0
        || dsn_read(run->arena, server.url, &dsn, err) != 0)
        return -1;
    return psql_run(run->arena, &dsn, server.bin_directory, &rest, err);
}

static int dev_reset(struct run *run, struct err *err)
{
    struct server server;
    if (server_reset(run->arena, run->config.root, &server, err) != 0)
        return -1;
    tell(run, &server, arena_printf(run->arena, "the private PostgreSQL is empty and started: %s", server.url));
    return 0;
}

/* The command finds the server as any program finds its database; what would be nearer for skein itself goes. */
static void point_to(const char *url)
{
    setenv("DATABASE_URL", url, 1);
    unsetenv("SKEIN_DATABASE");
    unsetenv("SKEIN_DATABASE_URL");
}

static int dev_run(struct run *run, struct err *err)
{
    struct server server;
    const struct strings *arguments = &run->options.arguments;
    if (arguments->count < 2) {
        err_set(err, ERR_USAGE, "skein dev run needs a command to run");
        return err_hint(err, "skein dev run -- make test");
    }
    const char **argv = arena_alloc(run->arena, arguments->count * sizeof(*argv));
    memcpy(argv, arguments->at + 1, (arguments->count - 1) * sizeof(*argv));
    if (server_start_throwaway(run->arena, &server, err) != 0)
        return -1;
    point_to(server.url);
    int failed = proc_run(run->arena, argv, NULL, &run->exit_code, err);
    server_drop(&server);
    return failed;
}

int cmd_dev(struct run *run, struct err *err)
{
    static const struct verb verbs[] = {{"start", dev_start}, {"stop", dev_stop},   {"status", dev_status},
                                        {"url", dev_url},     {"psql", dev_psql},   {"reset", dev_reset},
                                        {"run", dev_run},     {NULL, NULL}};
    const struct strings *arguments = &run->options.arguments;
    if (arguments->count > 1 && !str_same(arguments->at[0], "psql") && !str_same(arguments->at[0], "run")) {
        err_set(err, ERR_USAGE, "%s is one argument too many", arguments->at[1]);
        return err_hint(err, "only `skein dev psql -- …` and `skein dev run -- …` hand arguments on");
    }
    return verb_run(run, verbs, err);
}
