#include "model/strategy.h"

#include "base/str.h"

const struct strategy strategies[] = {
    {"aggressive", "development",
     {[SETTING_TIMEOUT] = "30s", [SETTING_LOCK_TIMEOUT] = "5s", [SETTING_MAX_RETRIES] = "3",
      [SETTING_VALIDATION] = "minimal", [SETTING_BACKUP] = "none", [SETTING_MANUAL_APPROVAL] = "false",
      [SETTING_OUT_OF_ORDER] = "true"}},
    {"careful", "staging",
     {[SETTING_TIMEOUT] = "300s", [SETTING_LOCK_TIMEOUT] = "5s", [SETTING_MAX_RETRIES] = "5",
      [SETTING_VALIDATION] = "moderate", [SETTING_BACKUP] = "affected", [SETTING_MANUAL_APPROVAL] = "false",
      [SETTING_OUT_OF_ORDER] = "false"}},
    {"conservative", NULL,
     {[SETTING_TIMEOUT] = "900s", [SETTING_LOCK_TIMEOUT] = "3s", [SETTING_MAX_RETRIES] = "10",
      [SETTING_VALIDATION] = "extensive", [SETTING_BACKUP] = "full", [SETTING_MANUAL_APPROVAL] = "true",
      [SETTING_OUT_OF_ORDER] = "false"}},
    {.name = NULL},
};

const struct strategy *strategy_of_environment(const char *environment)
{
    const struct strategy *row = strategies;
    while (row->environment != NULL && !str_same(row->environment, environment))
        row++;
    return row;
}

const struct strategy *strategy_get(const char *name)
{
    const struct strategy *row = strategies;
    while (!str_same(row->name, name))
        row++;
    return row;
}
