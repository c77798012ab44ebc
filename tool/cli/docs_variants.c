#include "cli/docs_variants.h"

int docs_variants_open(struct run *run, struct variants *variants, struct err *err)
{
    const char *wanted;
    struct findings read = {0};
    if (run_open(run, NEED_CATALOG | NEED_FINDINGS, err) != 0)
        return -1;
    wanted = config_text(&run->config, SETTING_DOCS_ENVIRONMENT);
    if (variants_read(run->arena, &run->settings, &run->catalog, wanted, variants, &read, err) != 0)
        return -1;
    bool in_force = variants->list.at[0].catalog == &run->catalog || option_on(&run->options, OPTION_CONNECTED);
    const struct findings *findings = in_force ? &run->findings : &read;
    run_tell_warnings(run, findings, 0);
    return findings_judge(findings, err);
}
