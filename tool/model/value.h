/* The text of a setting as the value that its type and its choices allow. */
#ifndef MODEL_VALUE_H
#define MODEL_VALUE_H

#include "model/config.h"

/*
 * Fills value->text and value->number.  Truths are true/false, yes/no, on/off or 1/0; sizes are "32MiB", "10MB" or
 * a number of bytes.
 * Errors: ERR_INPUT with what was expected, without the place, which the caller knows.
 */
int value_read(struct arena *arena, enum setting setting, const char *text, struct value *value, struct err *err);

#endif
