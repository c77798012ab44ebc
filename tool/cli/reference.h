/* docs/api-reference.md, printed from the same tables as help: `make docs-reference` writes it. */
#ifndef CLI_REFERENCE_H
#define CLI_REFERENCE_H

#include "base/arena.h"

char *reference_markdown(struct arena *arena);

#endif
