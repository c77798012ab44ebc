/*
 * Tables and trees for people (the one door to libsmartcols), on standard output.
 *
 * On a terminal: aligned, coloured where colours are wanted, cut to the width.  Elsewhere: aligned
 * plain text, never cut.  JSON is not printed from here: commands build it with text/json.h.
 */
#ifndef TEXT_TABLE_H
#define TEXT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum table_align { TABLE_LEFT, TABLE_RIGHT };
enum tone { TONE_NONE, TONE_GOOD, TONE_BAD, TONE_WARN, TONE_FAINT, TONE_STRONG };

struct table_column {
    const char *heading;
    enum table_align align;
    bool may_cut; /* on a terminal that is too narrow */
};

struct table;

struct table *table_open(const struct table_column columns[], size_t count);
/* A new row, or a child of `parent` (a row number, -1 for none), drawn as a tree in the first column. */
int table_row(struct table *table, int parent);
void table_cell(struct table *table, int row, size_t column, const char *text, enum tone tone);
/* Leaves a column out when no row has a text in it.  Not the first one, which may bear a tree. */
void table_drop_empty(struct table *table, size_t column);
/* Prints to standard output and frees. */
void table_close(struct table *table);

/* Are colours wanted on this stream (0, 1, 2)?  NO_COLOR non-empty, TERM=dumb or no terminal: no. */
bool tone_wanted(int stream);
/* The escape sequences around a toned text, or "" when colours are not wanted on that stream. */
const char *tone_on(enum tone tone, int stream);
const char *tone_off(int stream);

#endif
