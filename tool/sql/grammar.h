/* Which server's grammar libpg_query brings. */
#ifndef SQL_GRAMMAR_H
#define SQL_GRAMMAR_H

extern const char grammar_version[]; /* of PostgreSQL: "15.1" */
extern const int grammar_major;      /* 15 */

#endif
