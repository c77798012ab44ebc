#include "sql/action_kind.h"

const char *const action_kind_names[ACTION_KINDS] = {
#define X(name, text) [ACTION_##name] = text,
    ACTION_KINDS_LIST(X)
#undef X
};
