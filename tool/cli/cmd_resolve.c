#include "cli/argument.h"
#include "cli/commands.h"
#include "flow/apply.h"

/* --done or --redo is the consent; nobody is asked again. */
int cmd_resolve(struct run *run, struct err *err)
{
    const char *id = argument_text(run, OPTION_MIGRATION);
    bool done = option_on(&run->options, OPTION_DONE);
    struct targets targets;
    if (id == NULL || done == option_on(&run->options, OPTION_REDO)) {
        err_set(err, ERR_USAGE, id == NULL ? "resolve needs a migration" : "resolve needs --done or --redo, one of them");
        return err_hint(err, "skein status shows what is open; then skein resolve ID --done, or --redo");
    }
    const struct migration *migration = argument_migration(run, id, err);
    if (migration == NULL || targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    int status = apply_resolve(run->arena, &targets, migration, done, &run->events, err);
    targets_close(&targets);
    return status;
}
