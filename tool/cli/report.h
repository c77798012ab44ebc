/* An error as text for people, or as JSON. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "base/err.h"
#include "base/str.h"
#include "text/json.h"

/*
 * "error: file:line:column: sentence", the line of the file with a caret under the place, the server's details, and
 * the hint.  Text that comes from files and servers is made harmless.  Ends with a newline.  `stream` is where it
 * is going to be printed: it decides about colours.
 */
char *report_text(struct arena *arena, const struct err *err, int stream);

/* {"kind", "exit_code", "message", "file", "line", "column", "sqlstate", "detail", "hint"}; what is unknown is null. */
struct json *report_json(struct arena *arena, const struct err *err);

/* Adds "label: content" behind so many blanks, made harmless, further lines below the content; ends with a newline. */
void report_labelled(struct str *text, size_t indent, const char *label, const char *content);

/* The line of the file and a caret under the column; "" when there is no line. */
char *report_source(struct arena *arena, const struct place *place, const char *line, int stream);

/* "file:line:column: " as far as it is known, else "". */
char *report_place(struct arena *arena, const struct place *place);

/* Place and sentence, made harmless; without the place where it is a file that the sentence begins with. */
char *report_sentence(struct arena *arena, const struct place *place, const char *message);

#endif
