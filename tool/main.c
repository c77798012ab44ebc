/* Finds the command's row, opens what the row needs, runs it, prints the error, exits. */
#include "base/proc.h"
#include "cli/command.h"
#include "cli/json_log.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/run.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

struct listeners {
    struct progress progress;
    struct listener json_log;
};

/* --help and --version stand for the commands of these names, the former about the command that was named. */
static const struct command *choose(struct run *run, struct err *err)
{
    struct options *options = &run->options;
    if (option_on(options, OPTION_VERSION))
        return command_find("version");
    if (!option_on(options, OPTION_HELP))
        return command_get(run->arena, options->command, err);
    const char *about = options->command;
    options->arguments = (struct strings){0};
    if (about != NULL)
        *vec_add(run->arena, &options->arguments) = about;
    return command_find("help");
}

static void listen(struct run *run, const struct command *command, struct listeners *listeners)
{
    bool as_events = command->streams && option_on(&run->options, OPTION_JSON);
    progress_init(&listeners->progress, option_on(&run->options, OPTION_VERBOSE));
    json_log_init(&listeners->json_log);
    if (as_events)
        events_add(&run->events, &listeners->json_log);
    else if (!option_on(&run->options, OPTION_QUIET))
        events_add(&run->events, &listeners->progress.listener);
}

static int run_command(struct run *run, const char *const arguments[], struct listeners *listeners, struct err *err)
{
    if (option_read(run->arena, arguments, &run->options, err) != 0)
        return -1;
    const struct command *command = choose(run, err);
    if (command == NULL || command_check(run->arena, command, &run->options, err) != 0)
        return -1;
    listen(run, command, listeners);
    if (command->reads)
        proc_end_on_signals();
    if (run_open(run, command->needs, err) != 0)
        return -1;
    return command->run(run, err);
}

static void print_error(const struct run *run, const struct err *err)
{
    if (err->message == NULL)
        return;
    if (!option_on(&run->options, OPTION_JSON) || ferror(stdout)) {
        fflush(stdout); /* in one log, the error stands behind what was found */
        fputs(report_text(run->arena, err, STDERR_FILENO), stderr);
        return;
    }
    struct json *document = json_log_document(run->arena);
    json_set(document, "error", report_json(run->arena, err));
    json_log_print(run->arena, document);
}

/* A result that could not be written is none: a full disk must not look like success.  A reader that has seen enough
 * (`skein list | head`) wants no complaint. */
static int flush_output(struct err *err)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    if (errno == EPIPE)
        return err_told(err, ERR_INTERRUPTED);
    return err_errno(err, ERR_PERMISSION, "cannot write to standard output");
}

int main(int argc, char *argv[])
{
    struct arena arena = {0};
    struct err err = {.arena = &arena};
    struct run run = {.arena = &arena};
    struct listeners listeners = {0};
    (void)argc;
    setlocale(LC_CTYPE, "");
    proc_catch_signals();
    int status = run_command(&run, (const char *const *)argv + 1, &listeners, &err);
    progress_end(&listeners.progress);
    if (status == 0)
        status = flush_output(&err);
    if (status != 0)
        print_error(&run, &err);
    int exit_code = status != 0 ? err_exit_code(&err) : run.exit_code;
    fflush(stdout);
    arena_release(&arena);
    return exit_code;
}
