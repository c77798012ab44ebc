#include "cli/commands.h"
#include "cli/graph_view.h"
#include "cli/json_log.h"

static bool concerns(const struct run *run, const struct migration *migration)
{
    return run->service == NULL || run->service == migration->service;
}

/* One form at a time. */
int cmd_deps(struct run *run, struct err *err)
{
    static const struct {
        enum option option;
        void (*print)(const struct run *run, const struct migrations *migrations);
    } forms[] = {{OPTION_JSON, graph_view_json},
                 {OPTION_ORDER, graph_view_order},
                 {OPTION_DOT, graph_view_dot},
                 {OPTION_MERMAID, graph_view_mermaid}};
    void (*print)(const struct run *, const struct migrations *) = graph_view_tree;
    struct migrations migrations = {0};
    size_t given = 0;
    vec_each(migration, &run->catalog.order)
        if (concerns(run, *migration))
            *vec_add(run->arena, &migrations) = *migration;
    for (size_t i = sizeof(forms) / sizeof(forms[0]); i-- > 0;)
        if (option_on(&run->options, forms[i].option)) {
            print = forms[i].print;
            given += forms[i].option != OPTION_JSON;
        }
    if (given > 1) {
        err_set(err, ERR_USAGE, "--order, --dot and --mermaid are forms of the same answer");
        return err_hint(err, "give one of them");
    }
    print(run, &migrations);
    return 0;
}
