/*
 * The command line is two tables: commands and options.
 *
 * A command is one row and one file (cmd_<name>.c); help, completion and the reference page are printed from
 * the rows.  To add one: write cmd_<name>.c with its function, add its row to command.c, run `make docs`.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/option.h"
#include "flow/event.h"
#include "model/catalog.h"

/* What main opens before the command runs. */
enum need {
    NEED_NOTHING = 0,
    NEED_CONFIG = 1 << 0,
    NEED_CATALOG = 1 << 1,   /* implies NEED_CONFIG; errors among the findings stop the command … */
    NEED_FINDINGS = 1 << 2   /* … unless it wants to print them itself */
};

/* Everything a command may use.  One per process, owned by main. */
struct run {
    struct arena *arena;
    struct options options;        /* what was given on the command line */
    struct config config;
    struct catalog catalog;
    struct findings findings;
    struct events events;
    const struct service *service; /* --service; NULL: all */
};

struct command {
    const char *name;
    const char *const *synonyms;   /* NULL-terminated, or NULL */
    const char *group;             /* heading in help */
    const char *arguments;         /* "[N]", "V", … for the usage line */
    const char *summary;           /* one line */
    const char *text;              /* paragraphs of help */
    const enum option *options;    /* those that mean something here besides the common ones; ends with OPTIONS */
    unsigned needs;
    int (*run)(struct run *run, struct err *err);
};

extern const struct command commands[]; /* ends with a row without name */

/* By name or synonym; NULL when unknown. */
const struct command *command_find(const char *name);

#endif
