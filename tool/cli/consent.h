/* Consent to losing data: the name of the database, said by who knows it. */
#ifndef CLI_CONSENT_H
#define CLI_CONSENT_H

#include "cli/command.h"
#include "flow/target.h"

/*
 * 0 where `what` ("drops the database") may happen to the database of that name: --confirm gives exactly that
 * name; or it is skein's own development server; or the environment is development and somebody says yes.
 * Errors: ERR_POLICY with what to write.
 */
int consent_to_loss(const struct run *run, const struct target *target, const char *name, const char *what,
                    struct err *err);

#endif
