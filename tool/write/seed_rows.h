/*
 * The rows of a seed file: which columns they give, and what tells that a row is there already.
 *
 * Given rows (VALUES=) are known by a key that they hold: what is there gets their values.  Without such a key they are
 * known by everything that they give.  Rows that are made up follow from their number alone, and what is there stays.
 */
#ifndef WRITE_SEED_ROWS_H
#define WRITE_SEED_ROWS_H

#include "write/generating.h"

struct seed_column {
    const struct column *column;
    const char *value;       /* of rows that are made up: SQL on their number i; NULL: of a reference */
    const char *type;        /* of given rows: what a value is cast to before it is compared; NULL: nothing */
    bool as_text;            /* its type has no equality: compared as text */
    bool distinct;           /* no two rows have the same */
    bool shifting;           /* the value depends on what else is in the database: no row is known by it */
};
VEC(seed_columns, struct seed_column);

/* Rows of another table, whose keys the rows take in their order. */
struct seed_reference {
    const struct relation *table;
    struct strings columns, referenced; /* pairs */
    bool required;           /* without a row there, there can be none here */
};
VEC(seed_references, struct seed_reference);

struct seed_rows {
    long count;              /* of rows that are made up */
    struct strings given;    /* VALUES=: (1, 'a') */
    struct seed_columns columns;
    struct seed_references references;
    struct strings doubts;   /* CHECKs that nobody here understands, of columns that cannot be left out */
    struct strings key;      /* ON CONFLICT (…); empty: none */
    bool any_conflict;       /* ON CONFLICT DO NOTHING: several keys may have to be kept */
    bool by_content;         /* WHERE NOT EXISTS one with the same values */
    bool when_empty;         /* nothing tells one row from another: only while the table has none */
};

/* Fills generation->seed from the parameters and the table.  Errors: ERR_USAGE. */
int seed_rows_read(struct generation *generation, struct err *err);

struct seed_column *seed_rows_column(const struct seed_rows *rows, const char *name); /* NULL: not among them */

/* seed_rows_given.c: VALUES= and what they are known by. */
int seed_rows_read_given(struct generation *generation, struct err *err);

/* seed_rows_made.c: the columns of rows that are made up, and what they are known by. */
int seed_rows_make(struct generation *generation, struct err *err);

/* seed_rows_reference.c: the columns of the foreign keys that rows which are made up have to follow. */
void seed_rows_refer(struct generation *generation);

/* seed_rows_key.c: the keys that ON CONFLICT can go by, the primary one first. */
VEC(seed_keys, struct strings);
struct seed_keys seed_rows_keys(const struct generation *generation);
bool seed_rows_can_conflict(const struct relation *table); /* false: ON CONFLICT without a key is refused by the server */

/* What the CHECKs of a column allow. */
struct seed_limits {
    bool has_least, has_most, doubtful; /* doubtful: one of them says more than is understood here */
    long long least, most;
    struct strings words;    /* one of these */
};

/* seed_rows_value.c: a value for a column by its type, on the row's number i; false: nobody knows one. */
bool seed_rows_value(const struct generation *generation, struct seed_column *column, const struct seed_limits *limits);
const struct type_name *seed_rows_type(const struct generation *generation, const struct type_name *type); /* no domain */
bool seed_rows_is_incomparable(const struct generation *generation, const struct type_name *type);

/* seed_rows_limit.c: what CHECKs say of a column; the texts of those that are doubtful. */
struct seed_limits seed_rows_limits(const struct generation *generation, const struct column *column,
                                    struct strings *doubts);

/*
 * seed_rows_partition.c: is the column what the table, or the partition that the rows go to, is partitioned by?  And a
 * value that the partition takes.  Errors: ERR_USAGE where there is no partition.
 */
bool seed_rows_is_partition_key(const struct generation *generation, const char *name);
void seed_rows_set_partition_key(const struct generation *generation, struct seed_column *column);
int seed_rows_check_partitions(const struct generation *generation, struct err *err);

/* seed_rows_data.c: for templates. */
struct data *seed_rows_data(const struct generation *generation);

#endif
