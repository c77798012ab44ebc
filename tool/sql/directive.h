/* What a file says to skein in its comments: `-- skein: no-transaction`, and `-- skein: repeatable` of a statement. */
#ifndef SQL_DIRECTIVE_H
#define SQL_DIRECTIVE_H

#include "base/err.h"
#include "sql/scan.h"
#include "sql/script.h"

struct directives {
    bool no_transaction;
    size_t no_transaction_at; /* byte offset of its comment */
    bool repeatable;          /* the statement behind the comments that were read last may be run a second time */
};

/*
 * Looks through the comments before and in a statement of the script; `first` is where its first statement begins,
 * `next` where this one does (the length of the text: there is none).
 * `ignore …` is passed over, it belongs to validation.
 * Errors: ERR_INPUT for an unknown word, with the nearest known one, and for no-transaction that does not
 * stand on a line of its own before the first statement, and repeatable before none.
 */
int directive_read(const struct script *script, const struct tokens *comments, size_t first, size_t next,
                   struct directives *directives, struct err *err);

#endif
