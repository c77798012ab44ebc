/* What a plain scalar means by the core schema of YAML 1.2 (chapter 10.3.2): `yes` and `on` are texts. */
#ifndef TEXT_YAML_SCALAR_H
#define TEXT_YAML_SCALAR_H

#include "text/node.h"

/* NODE_NULL, NODE_BOOL (then *truth is set), NODE_NUMBER or NODE_TEXT. */
enum node_kind yaml_scalar_kind(const char *text, bool *truth);

#endif
