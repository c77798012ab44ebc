/* Which files of rules a repository has, by name; rule.h reads them. */
#ifndef REVIEW_RULE_FILES_H
#define REVIEW_RULE_FILES_H

#include "model/config.h"

/* Adds the paths that SETTING_RULES names, and that of the file that counts without it; they need not be there. */
void rule_files_find(struct arena *arena, const struct config *config, struct strings *paths);

#endif
