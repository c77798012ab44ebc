/*
 * The command line is two tables: commands and options.
 *
 * A command is one row and one file (cmd_<name>.c); help, completion and the reference page are printed from
 * the rows.  To add one: write cmd_<name>.c with its function, declare it in commands.h, add its row to command.c,
 * run `make docs-reference`.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/option.h"
#include "flow/event.h"
#include "model/catalog.h"

/* What is opened before the command runs. */
enum need {
    NEED_NOTHING = 0,
    NEED_CONFIG = 1 << 0,
    NEED_CATALOG = 1 << 1,   /* implies NEED_CONFIG; errors among the findings stop the command … */
    NEED_FINDINGS = 1 << 2   /* … unless it wants to print them itself */
};

/* Everything a command may use.  One per process, owned by main. */
struct run {
    struct arena *arena;
    struct options options;          /* what was given on the command line and in SKEIN_* variables */
    struct config_options settings;  /* the part of it that configuration is read with */
    struct config config;
    struct catalog catalog;
    struct findings findings;
    struct events events;
    const struct service *service;   /* --service; NULL: all */
    int exit_code;                 /* of a program that the command ran, when the command itself went well */
};

struct command {
    const char *name;
    const char *const *synonyms;   /* NULL-terminated, or NULL */
    const char *group;             /* heading in help; NULL: not in help */
    const char *arguments;         /* "[N]", "V", … for the usage line; NULL: takes none */
    size_t most;                   /* arguments it takes at most */
    const char *summary;           /* one line */
    const char *text;              /* paragraphs of help; lines that begin with two spaces stay as they are */
    const enum option *options;    /* those that mean something here besides the common ones; ends with OPTIONS */
    unsigned needs;
    bool reads;                    /* files, and changes nothing: signals end it at once */
    bool streams;                  /* --json prints events, one a line; else one document at the end */
    int (*run)(struct run *run, struct err *err);
};

extern const struct command commands[]; /* ends with a row without name */

/* By name or synonym; NULL when unknown. */
const struct command *command_find(const char *name);

/* The same; ERR_USAGE with the nearest name when it is unknown or NULL. */
const struct command *command_get(struct arena *arena, const char *name, struct err *err);

/* Does an option mean something to the command? */
bool command_takes(const struct command *command, enum option option);

/*
 * Reads the rest of the options from the environment, and refuses options and arguments that mean nothing to the
 * command.
 */
int command_check(struct arena *arena, const struct command *command, struct options *options, struct err *err);

#endif
