/* Who waits for a half of a migration: what documentation notes of locks. */
#ifndef WRITE_DOC_LOCK_H
#define WRITE_DOC_LOCK_H

#include "review/situation.h"
#include "text/data.h"

/* What is done while a lock is held. */
struct doc_work {
    const char *of;              /* the relation that is worked on; NULL: the one that is locked */
    const char *why;             /* NULL where nothing is to be said */
    int length;                  /* by its kind: of a longer one more */
    int line;
};
VEC(doc_works, struct doc_work);

/* A lock that a half takes on a relation that was there before, and holds to the end of its transaction. */
struct doc_lock {
    const char *relation;
    enum lock_mode mode;
    int rows;                    /* that nobody else can write till it commits: 1 some, 2 any */
    int line;                    /* where it is taken */
    struct doc_works works;      /* each once, in their order */
    bool more;                   /* works than are told */
};
VEC(doc_locks, struct doc_lock);

/* Those of one half, as they come. */
struct doc_lock_book {
    struct doc_locks locks;
    size_t settled;              /* so many are of transactions that are over */
    size_t transaction;          /* whose locks the others are */
};

/* What an action locks, and what it does under that and under earlier locks.  Memory comes from `arena`. */
void doc_note_locks(struct arena *arena, struct doc_lock_book *book, const struct situation *situation);

/* The half is over: only what no other lock of the same relation outdoes is kept. */
void doc_settle_locks(struct doc_lock_book *book);

struct data *doc_locks_data(struct arena *arena, const struct doc_locks *locks);

#endif
