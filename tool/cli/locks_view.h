/* Forecasts of what statements do, as a table or as JSON. */
#ifndef CLI_LOCKS_VIEW_H
#define CLI_LOCKS_VIEW_H

#include "cli/command.h"
#include "review/forecast.h"

/* A text and its forecasts. */
struct locks_file {
    const char *path;
    const char *text;
    size_t length;
    struct forecasts forecasts;
};
VEC(locks_files, struct locks_file);

void locks_view_table(const struct run *run, const struct locks_files *files);
void locks_view_json(const struct run *run, const struct locks_files *files);

#endif
