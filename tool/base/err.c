#include "base/err.h"

#include <errno.h>
#include <string.h>

const struct err_kind_row err_kinds[ERR_KINDS] = {
    [ERR_NONE] = {"done", 0, "Everything that was asked for is done."},
    [ERR_FAILED] = {"failed", 1, "A migration failed and was rolled back, or a check has findings."},
    [ERR_INPUT] = {"input", 2, "A migration file or a configuration file is wrong; nothing was run."},
    [ERR_USAGE] = {"usage", 2, "The command line is wrong; nothing was run."},
    [ERR_CONNECTION] = {"connection", 3, "The database cannot be reached, or the connection broke for good."},
    [ERR_PERMISSION] = {"permission", 4, "A privilege is missing, in the database or in the file system."},
    [ERR_DEPENDENCY] = {"dependency", 5, "A dependency is missing, cyclic, or in the way of a rollback."},
    [ERR_POLICY] = {"policy", 6, "The environment's policy refuses, or a confirmation is missing."},
    [ERR_LOCK] = {"lock", 7, "Somebody else holds the migration lock, or a table lock was not obtained in time."},
    [ERR_DRIFT] = {"drift", 8, "The database is not in the state that its records or the files say."},
    [ERR_UNSETTLED] = {"unsettled", 9, "The outcome of a statement is unknown; a person decides with skein resolve."},
    [ERR_INTERRUPTED] = {"interrupted", 130, "Stopped by SIGINT or SIGTERM; the state is exact and a new run goes on."},
    [ERR_BUG] = {"bug", 70, "A fault of skein itself; please report it."},
    [ERR_RETRY] = {"retry", 75, "A passing fault, such as a server that is starting; try again."},
};

static void set(struct err *err, enum err_kind kind, char *message)
{
    err_clear(err);
    err->kind = kind;
    err->message = message;
}

int err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    set(err, kind, arena_vprintf(err->arena, format, arguments));
    va_end(arguments);
    return -1;
}

int err_errno(struct err *err, enum err_kind kind, const char *format, ...)
{
    const char *reason = strerror(errno);
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_vprintf(err->arena, format, arguments);
    va_end(arguments);
    set(err, kind, arena_printf(err->arena, "%s: %s", text, reason));
    return -1;
}

int err_told(struct err *err, enum err_kind kind)
{
    set(err, kind, NULL);
    return -1;
}

int err_hint(struct err *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    err->hint = arena_vprintf(err->arena, format, arguments);
    va_end(arguments);
    return -1;
}

int err_at(struct err *err, const char *file, int line, int column)
{
    err->place = (struct place){file ? arena_strdup(err->arena, file) : NULL, line, column};
    return -1;
}

int err_context(struct err *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *context = arena_vprintf(err->arena, format, arguments);
    va_end(arguments);
    err->message = arena_printf(err->arena, "%s: %s", context, err->message ? err->message : "");
    return -1;
}

void err_clear(struct err *err)
{
    *err = (struct err){.arena = err->arena};
}

int err_exit_code(const struct err *err)
{
    return err_kinds[err->kind].exit_code;
}
