/*
 * How dangerous a migration is, with reasons: what it takes away, and what it keeps from whom for how long.
 *
 * critical  a table, a schema or all rows are dropped
 * high      a table is rewritten, read as a whole or written in bulk while nobody can read it, or another one that the
 *           transaction has locked before; a column is dropped, its type changes;
 *           CASCADE takes what nobody names
 * medium    an index is built or a table is read while nobody can write it; rows are deleted or all of them changed;
 *           what programs call by name is renamed or dropped; rights are taken, rows hidden, triggers and rules in the way
 * low       everything else: new tables, concurrent indexes, comments, locks for a moment; SQL that is only known when
 *           it runs, with that as a reason
 *
 * Only what was there before the migration counts.  Where sizes are known, waiting for a small table (below 10,000 rows
 * and 8 MiB) counts one step less, for a huge one (above 10,000,000 rows or 10 GiB) one step more; an empty table is
 * dropped with one step less.
 */
#ifndef REVIEW_RISK_H
#define REVIEW_RISK_H

#include "review/situation.h"

enum risk_level { RISK_LOW, RISK_MEDIUM, RISK_HIGH, RISK_CRITICAL, RISK_LEVELS };

extern const char *const risk_level_names[RISK_LEVELS]; /* as dependencies.json writes them */

struct risk_reason {
    enum risk_level level;
    bool loses;             /* data that only a backup brings back */
    const char *text;       /* "drops the table shop.orders" */
    size_t name_at, name_length; /* of the name in it; length 0: there is none */
    int line;               /* in the file of the half: the first */
    int further[8];         /* lines that bring the same; 0 ends them */
    bool more;              /* and others */
};
VEC(risk_reasons, struct risk_reason);

struct risk {
    enum risk_level level;
    bool doubted;                /* something may be taken away or kept from somebody, and there is no reason that says so */
    struct risk_reasons reasons; /* in the order of the statements, each text once */
};

/* Adds what an action brings. */
void risk_add(struct arena *arena, struct risk *risk, const struct situation *situation);

/* RISK_LEVELS: none of that name, or NULL. */
enum risk_level risk_level_find(const char *name);

#endif
