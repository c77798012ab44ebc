#include "cli/confirm.h"
#include "base/proc.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* The first word of a line; an end of input is an empty one. */
static void read_answer(char answer[16])
{
    char line[256];
    answer[0] = '\0';
    if (fgets(line, sizeof(line), stdin) != NULL)
        sscanf(line, "%15s", answer);
}

int confirm_ask(const struct run *run, const char *question, const char *why, struct err *err)
{
    char answer[16];
    if (option_on(&run->options, OPTION_YES))
        return 0;
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
        err_set(err, ERR_POLICY, "%s: somebody has to agree, and there is no terminal to ask on", why);
        return err_hint(err, "look at it with --dry-run, then give --yes");
    }
    fprintf(stderr, "%s.\n%s [y/N] ", why, question);
    fflush(stderr);
    read_answer(answer);
    if (proc_interrupted() > 0) {
        fputs("\n", stderr);
        return err_set(err, ERR_INTERRUPTED, "interrupted at the question; nothing was changed");
    }
    if (strcasecmp(answer, "y") == 0 || strcasecmp(answer, "yes") == 0)
        return 0;
    return err_set(err, ERR_POLICY, "not confirmed; nothing was changed");
}
