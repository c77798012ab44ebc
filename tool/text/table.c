#include "text/table.h"

#include "base/arena.h"
#include "base/vec.h"
#include "text/screen.h"

#include <langinfo.h>
#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const sequences[] = {
    [TONE_NONE] = "",          [TONE_GOOD] = "\033[32m", [TONE_BAD] = "\033[31m",
    [TONE_WARN] = "\033[33m",  [TONE_FAINT] = "\033[2m", [TONE_STRONG] = "\033[1m",
};

enum { GAP = 2, TREE_STEP = 2, NARROWEST = 8 }; /* in columns of the screen */

struct line {
    struct libscols_line *scols;
    size_t depth; /* in the tree */
};
VEC(lines, struct line);

struct column {
    size_t width;
    bool may_cut;
    bool dropped;
};

struct table {
    struct arena arena; /* of lines, columns and texts */
    struct libscols_table *scols;
    struct lines lines;
    struct column *columns;
    size_t column_count;
};

/* libsmartcols fails here only without memory. */
static void *require(void *made)
{
    if (made != NULL)
        return made;
    fputs("skein: out of memory\n", stderr);
    exit(70);
}

/*
 * Where the locale has UTF-8, screen_safe makes texts harmless.  Elsewhere libsmartcols writes all that is not
 * ASCII as \x1b, and must get the texts as they are, or it would do so twice.
 */
static bool has_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static void widen(struct table *table, size_t column, const char *text, size_t indent)
{
    size_t width = screen_width(text) + indent;
    if (width > table->columns[column].width)
        table->columns[column].width = width;
}

static void add_column(struct table *table, const struct table_column *column)
{
    int flags = (column->align == TABLE_RIGHT ? SCOLS_FL_RIGHT : 0) | (column->may_cut ? SCOLS_FL_TRUNC : 0);
    const char *heading = column->heading == NULL ? "" : column->heading;
    struct libscols_column *made = require(scols_table_new_column(table->scols, heading, 0, flags));
    scols_cell_set_color(scols_column_get_header(made), sequences[TONE_STRONG]);
}

struct table *table_open(const struct table_column columns[], size_t count)
{
    struct table *table = require(calloc(1, sizeof *table));
    bool headings = false;
    table->scols = require(scols_new_table());
    table->columns = arena_alloc(&table->arena, count * sizeof *table->columns);
    table->column_count = count;
    for (size_t i = 0; i < count; i++) {
        add_column(table, &columns[i]);
        table->columns[i].may_cut = columns[i].may_cut;
        widen(table, i, columns[i].heading == NULL ? "" : columns[i].heading, 0);
        headings = headings || (columns[i].heading != NULL && columns[i].heading[0] != '\0');
    }
    scols_table_enable_noheadings(table->scols, !headings);
    scols_table_enable_noencoding(table->scols, has_utf8());
    scols_table_set_column_separator(table->scols, "  ");
    scols_table_enable_minout(table->scols, 1); /* no spaces at the end of a line */
    scols_table_enable_colors(table->scols, tone_wanted(STDOUT_FILENO));
    if (isatty(STDOUT_FILENO)) {
        scols_table_set_termforce(table->scols, SCOLS_TERMFORCE_ALWAYS);
        scols_table_set_termwidth(table->scols, screen_columns(STDOUT_FILENO));
    } else {
        scols_table_set_termforce(table->scols, SCOLS_TERMFORCE_NEVER);
    }
    return table;
}

int table_row(struct table *table, int parent)
{
    const struct line *above = parent < 0 ? NULL : &table->lines.at[parent];
    struct line line = {.scols = require(scols_table_new_line(table->scols, above == NULL ? NULL : above->scols))};
    if (above != NULL) {
        struct libscols_column *first = scols_table_get_column(table->scols, 0);
        scols_column_set_flags(first, scols_column_get_flags(first) | SCOLS_FL_TREE);
        line.depth = above->depth + 1;
    }
    *vec_add(&table->arena, &table->lines) = line;
    return (int)table->lines.count - 1;
}

static size_t indent_of(const struct table *table, size_t row, size_t column)
{
    return column == 0 ? table->lines.at[row].depth * TREE_STEP : 0;
}

void table_cell(struct table *table, int row, size_t column, const char *text, enum tone tone)
{
    struct libscols_cell *cell = scols_line_get_cell(table->lines.at[row].scols, column);
    const char *shown = screen_safe(&table->arena, text == NULL ? "" : text, true);
    if (scols_cell_set_data(cell, has_utf8() ? shown : text) != 0)
        require(NULL);
    if (tone != TONE_NONE && scols_cell_set_color(cell, sequences[tone]) != 0)
        require(NULL);
    widen(table, column, shown, indent_of(table, (size_t)row, column));
}

void table_drop_empty(struct table *table, size_t column)
{
    struct libscols_column *scols = scols_table_get_column(table->scols, column);
    for (size_t row = 0; row < table->lines.count; row++) {
        const char *text = scols_cell_get_data(scols_line_get_cell(table->lines.at[row].scols, column));
        if (text != NULL && text[0] != '\0')
            return;
    }
    scols_column_set_flags(scols, scols_column_get_flags(scols) | SCOLS_FL_HIDDEN);
    table->columns[column] = (struct column){.dropped = true};
}

/* The widest column that may still be cut; NULL when none can. */
static struct column *find_widest(struct table *table)
{
    struct column *widest = NULL;
    for (size_t i = 0; i < table->column_count; i++) {
        struct column *column = &table->columns[i];
        if (column->may_cut && column->width > NARROWEST && (widest == NULL || column->width >= widest->width))
            widest = column;
    }
    return widest;
}

static void cut_column(struct table *table, size_t column)
{
    for (size_t row = 0; row < table->lines.count; row++) {
        struct libscols_cell *cell = scols_line_get_cell(table->lines.at[row].scols, column);
        const char *text = scols_cell_get_data(cell);
        size_t indent = indent_of(table, row, column), width = table->columns[column].width;
        if (text != NULL && screen_width(text) + indent > width &&
            scols_cell_set_data(cell, screen_cut(&table->arena, text, width > indent ? width - indent : 1)) != 0)
            require(NULL);
    }
}

/* libsmartcols would take from all columns alike; here the widest one gives first, and it shows where it was cut. */
static void fit(struct table *table, size_t room)
{
    size_t total = 0;
    for (size_t i = 0; i < table->column_count; i++)
        total += table->columns[i].width + (i == 0 || table->columns[i].dropped ? 0 : GAP);
    struct column *widest;
    for (; total > room && (widest = find_widest(table)) != NULL; total--)
        widest->width--;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].may_cut)
            cut_column(table, i);
}

void table_close(struct table *table)
{
    if (isatty(STDOUT_FILENO))
        fit(table, screen_columns(STDOUT_FILENO));
    if (table->lines.count != 0)
        scols_print_table(table->scols);
    scols_unref_table(table->scols);
    arena_release(&table->arena);
    free(table);
}

bool tone_wanted(int stream)
{
    const char *refused = getenv("NO_COLOR");
    return (refused == NULL || refused[0] == '\0') && screen_is_terminal(stream);
}

const char *tone_on(enum tone tone, int stream)
{
    return tone_wanted(stream) ? sequences[tone] : "";
}

const char *tone_off(int stream)
{
    return tone_wanted(stream) ? "\033[0m" : "";
}
