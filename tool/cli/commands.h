/* The functions of the commands, each in its cmd_<name>.c; command.c says what they are for. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/command.h"

int cmd_up(struct run *run, struct err *err);
int cmd_down(struct run *run, struct err *err);
int cmd_goto(struct run *run, struct err *err);
int cmd_rollback(struct run *run, struct err *err);
int cmd_redo(struct run *run, struct err *err);
int cmd_release(struct run *run, struct err *err);
int cmd_force(struct run *run, struct err *err);
int cmd_resolve(struct run *run, struct err *err);
int cmd_init(struct run *run, struct err *err);
int cmd_status(struct run *run, struct err *err);
int cmd_list(struct run *run, struct err *err);
int cmd_plan(struct run *run, struct err *err);
int cmd_history(struct run *run, struct err *err);
int cmd_deps(struct run *run, struct err *err);
int cmd_validate(struct run *run, struct err *err);
int cmd_locks(struct run *run, struct err *err);
int cmd_generate(struct run *run, struct err *err);
int cmd_templates(struct run *run, struct err *err);
int cmd_renumber(struct run *run, struct err *err);
int cmd_service(struct run *run, struct err *err);
int cmd_create(struct run *run, struct err *err);
int cmd_docs(struct run *run, struct err *err);
int cmd_dev(struct run *run, struct err *err);
int cmd_database(struct run *run, struct err *err);
int cmd_drop(struct run *run, struct err *err);
int cmd_seed(struct run *run, struct err *err);
int cmd_rules(struct run *run, struct err *err);
int cmd_config(struct run *run, struct err *err);
int cmd_version(struct run *run, struct err *err);
int cmd_help(struct run *run, struct err *err);

#endif
