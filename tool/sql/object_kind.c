#include "sql/object_kind.h"

const char *const object_kind_names[OBJECT_KINDS] = {
#define X(name, text) [OBJECT_##name] = text,
    OBJECT_KINDS_LIST(X)
#undef X
};
