#include "cli/prompt.h"

#include "base/proc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool prompt_is_possible(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* Without the blanks around it; NULL at the end of the input. */
static char *read_line(struct arena *arena)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length = getline(&line, &room, stdin);
    char *copy = NULL;
    if (length >= 0) {
        const char *at = line + strspn(line, " \t");
        size_t rest = strlen(at);
        while (rest > 0 && isspace((unsigned char)at[rest - 1]))
            rest--;
        copy = arena_strndup(arena, at, rest);
    }
    free(line);
    return copy;
}

static int ended(struct err *err)
{
    fputs("\n", stderr);
    if (proc_interrupted() > 0)
        return err_set(err, ERR_INTERRUPTED, "interrupted at the question; nothing was changed");
    return err_set(err, ERR_USAGE, "no answer; nothing was changed");
}

void prompt_refuse(const struct err *wrong)
{
    fprintf(stderr, "  %s\n", wrong->message);
    if (wrong->hint != NULL)
        fprintf(stderr, "  %s\n", wrong->hint);
}

static bool is_taken(struct run *run, int (*check)(void *context, const char *answer, struct err *err), void *context,
                     const char *answer)
{
    struct err wrong = {.arena = run->arena};
    if (check == NULL || check(context, answer, &wrong) == 0)
        return true;
    prompt_refuse(&wrong);
    return false;
}

int prompt_ask(struct run *run, const char *question, const char *fallback,
               int (*check)(void *context, const char *answer, struct err *err), void *context, const char **answer,
               struct err *err)
{
    for (;;) {
        bool shown = fallback != NULL && *fallback != '\0';
        fprintf(stderr, "%s%s%s%s: ", question, shown ? " [" : "", shown ? fallback : "", shown ? "]" : "");
        fflush(stderr);
        char *line = read_line(run->arena);
        if (line == NULL || proc_interrupted() > 0)
            return ended(err);
        *answer = *line != '\0' ? line : fallback;
        if (*answer == NULL)
            continue;
        if (**answer == '\0') {
            *answer = NULL;
            return 0;
        }
        if (is_taken(run, check, context, *answer))
            return 0;
    }
}
