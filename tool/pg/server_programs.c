#include "pg/server_programs.h"

#include "base/file.h"
#include "base/proc.h"
#include "base/vec.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define VERSIONS "/usr/lib/postgresql"

static bool are_there(struct arena *arena, const char *directory)
{
    return access(path_join(arena, directory, "postgres"), X_OK) == 0
        && access(path_join(arena, directory, "initdb"), X_OK) == 0;
}

static void add(struct arena *arena, struct strings *found, const char *directory)
{
    if (*directory != '/' || !are_there(arena, directory))
        return;
    vec_each(other, found)
        if (strcmp(*other, directory) == 0)
            return;
    *vec_add(arena, found) = directory;
}

static int newer(const void *a, const void *b)
{
    const struct file_entry *one = a, *two = b;
    return strverscmp(two->name, one->name);
}

static void add_versions(struct arena *arena, struct strings *found)
{
    struct file_entries entries = {0};
    struct err ignored = {.arena = arena};
    if (file_list(arena, VERSIONS, &entries, &ignored) != 0 || entries.count == 0)
        return;
    qsort(entries.at, entries.count, sizeof *entries.at, newer);
    vec_each(entry, &entries)
        add(arena, found, arena_printf(arena, VERSIONS "/%s/bin", entry->name));
}

static void add_pg_config(struct arena *arena, const struct server_user *user, struct strings *found)
{
    char *output = NULL;
    struct err ignored = {.arena = arena};
    if (server_programs_run(arena, user, (const char *const[]){"pg_config", "--bindir", NULL}, NULL, &output,
                            &ignored) != 0)
        return;
    output[strcspn(output, "\n")] = '\0';
    add(arena, found, output);
}

static void add_path(struct arena *arena, struct strings *found)
{
    const char *path = getenv("PATH");
    while (path != NULL && *path != '\0') {
        size_t length = strcspn(path, ":");
        add(arena, found, arena_strndup(arena, path, length));
        path += length + (path[length] == ':');
    }
}

static int read_version(struct arena *arena, const struct server_user *user, const char *directory,
                        struct server_programs *programs, struct err *err)
{
    const char *postgres = path_join(arena, directory, "postgres");
    char *output = NULL;
    if (server_programs_run(arena, user, (const char *const[]){postgres, "--version", NULL}, NULL, &output, err) != 0)
        return -1;
    const char *number = output;
    while (*number != '\0' && !isdigit((unsigned char)*number))
        number++;
    if (*number == '\0')
        return err_set(err, ERR_CONNECTION, "%s --version does not say its version", postgres);
    output[strcspn(output, "\n")] = '\0';
    *programs = (struct server_programs){directory, output, (int)strtol(number, NULL, 10)};
    return 0;
}

static int not_there(const char *given, struct err *err)
{
    if (given != NULL) {
        err_set(err, ERR_CONNECTION, "SKEIN_PG_BIN is %s, and the programs postgres and initdb are not there", given);
        return err_hint(err, "give the directory that holds them, such as " VERSIONS "/15/bin");
    }
    err_set(err, ERR_CONNECTION, "PostgreSQL's server programs (postgres, initdb) are not on this machine");
    return err_hint(err, "run scripts/bootstrap or install the package postgresql; or set SKEIN_PG_BIN to the directory "
                         "that holds them, or DATABASE_URL to a server of yours");
}

int server_programs_find(struct arena *arena, const struct server_user *user, int major,
                         struct server_programs *programs, struct err *err)
{
    const char *given = getenv("SKEIN_PG_BIN");
    struct strings found = {0};
    if (given != NULL && *given != '\0') {
        add(arena, &found, path_absolute(arena, given));
    } else {
        given = NULL;
        add_pg_config(arena, user, &found);
        add_versions(arena, &found);
        add_path(arena, &found);
    }
    for (size_t i = 0; i < found.count; i++) {
        struct server_programs next;
        if (read_version(arena, user, found.at[i], &next, err) != 0)
            return -1;
        if (major == 0 || next.major == major) {
            *programs = next;
            return 0;
        }
        if (i == 0)
            *programs = next;
    }
    if (found.count == 0)
        return not_there(given, err);
    return err_set(err, ERR_CONNECTION, "the programs of PostgreSQL %d are not on this machine", major);
}

/* PGPORT, PGDATA, LC_ALL, TZ … of the caller would all change what the programs do. */
char **server_programs_environment(struct arena *arena, const char *extra)
{
    static const char *const kept[] = {"PATH", "LD_LIBRARY_PATH"};
    struct strings variables = {0};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (getenv(kept[i]) != NULL)
            *vec_add(arena, &variables) = arena_printf(arena, "%s=%s", kept[i], getenv(kept[i]));
    *vec_add(arena, &variables) = "TZ=UTC";
    if (extra != NULL)
        *vec_add(arena, &variables) = extra;
    *vec_add(arena, &variables) = NULL;
    return (char **)(void *)variables.at;
}

static void run_child(const struct server_user *user, const char *const argv[], char *const environment[],
                      int input, int output, pid_t parent)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    umask(077);
    if (!server_user_become(user) || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        _exit(126);
    /* Programs of PostgreSQL return to where they began, which another user may not be able to enter. */
    if (chdir("/") != 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0)
        _exit(126);
    execvpe(argv[0], (char *const *)(const void *)argv, environment);
    _exit(127);
}

static char *read_all(struct arena *arena, int from)
{
    struct str text = str_new(arena);
    char bytes[4096];
    ssize_t got;
    while ((got = read(from, bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0)
            str_add_bytes(&text, bytes, (size_t)got);
    return text.at;
}

/* What a program said last is what went wrong; the lines before it are its progress. */
static const char *last_line(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        text[--length] = '\0';
    const char *line = strrchr(text, '\n');
    return line != NULL ? line + 1 : text;
}

static const char *complaint(char *text)
{
    static const char *const marks[] = {"PANIC:  ", "FATAL:  ", "ERROR:  ", "error: "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        char *at = strstr(text, marks[i]);
        if (at != NULL) {
            at[strcspn(at, "\n")] = '\0';
            return at + strlen(marks[i]);
        }
    }
    return last_line(text);
}

static int input_file(const char *text, struct err *err)
{
    int file = text == NULL ? open("/dev/null", O_RDONLY | O_CLOEXEC) : memfd_create("input", MFD_CLOEXEC);
    if (file >= 0 && text != NULL
        && (write(file, text, strlen(text)) != (ssize_t)strlen(text) || lseek(file, 0, SEEK_SET) != 0)) {
        close(file);
        file = -1;
    }
    return file >= 0 ? file : err_errno(err, ERR_CONNECTION, "cannot prepare the input of a program");
}

int server_programs_run(struct arena *arena, const struct server_user *user, const char *const argv[],
                        const char *text, char **answer, struct err *err)
{
    char **environment = server_programs_environment(arena, NULL);
    int input = input_file(text, err), output[2];
    if (input < 0)
        return -1;
    if (pipe2(output, O_CLOEXEC) != 0) {
        close(input);
        return err_errno(err, ERR_CONNECTION, "cannot run %s", argv[0]);
    }
    pid_t parent = getpid(), child = fork();
    if (child == 0)
        run_child(user, argv, environment, input, output[1], parent);
    close(input);
    close(output[1]);
    char *said = child > 0 ? read_all(arena, output[0]) : NULL;
    close(output[0]);
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (child < 0)
        return err_errno(err, ERR_CONNECTION, "cannot run %s", argv[0]);
    if (proc_interrupted() != 0 && status != 0)
        return err_set(err, ERR_INTERRUPTED, "interrupted while %s ran", path_base(argv[0]));
    if (answer != NULL)
        *answer = said;
    if (status == 0)
        return 0;
    bool cannot = WIFEXITED(status) && WEXITSTATUS(status) >= 126;
    return err_set(err, ERR_CONNECTION, "%s failed: %s", argv[0],
                   cannot ? "it cannot be executed by the server's user" : complaint(said));
}
