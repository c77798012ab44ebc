/*
 * PostgreSQL's own functions, as the catalogs of its servers have them.
 * The table is made from functions.txt when skein is built; mk/dev/functions writes that.
 */
#ifndef SQL_FUNCTIONS_H
#define SQL_FUNCTIONS_H

#include <stddef.h>

/* A function of the servers `since` to `until`; a name may have several rows, one after the other. */
struct function_row {
    const char *name;
    int since, until;
    unsigned arities;           /* bit n: may be called with n arguments; bit 9: with nine or more */
    unsigned volatile_arities;  /* those of them with which it is VOLATILE, whatever the types */
};

extern const struct function_row functions[];        /* sorted by name */
extern const size_t functions_count;
extern const int functions_oldest, functions_newest; /* the servers looked at */

#endif
