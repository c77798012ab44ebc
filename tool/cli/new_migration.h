/* Where a new migration goes, what it is called, and which number it gets. */
#ifndef CLI_NEW_MIGRATION_H
#define CLI_NEW_MIGRATION_H

#include "base/batch.h"
#include "cli/command.h"
#include "model/numbering.h"

/*
 * A name becomes part of a path, and ".up." in it would be taken for the direction by a reader.  Blanks become
 * underscores.  Errors: ERR_USAGE.
 */
int new_migration_name(struct arena *arena, const char *text, const char **name, struct err *err);

/* The directory that is meant: --dir, --migrations, or that of the service; made where it is not there. */
int new_migration_directory(struct run *run, const char **directory, struct err *err);

/*
 * Takes the lock on a directory of migrations, waiting for it, and takes back what a killed run has left half written
 * there; *settled (may be NULL) says whether there was such.  *lock is for flock_release.  With --dry-run, where nothing
 * is written, there is nothing to lock.
 */
int new_migration_lock(struct run *run, const char *directory, int *lock, bool *settled, struct err *err);

/*
 * The same of all services, or of run->service alone, in the order in which everybody takes several.  The locks are for
 * new_migration_unlock, also where it fails.
 */
VEC(migration_locks, int);
int new_migration_lock_all(struct run *run, struct migration_locks *locks, bool *settled, struct err *err);
void new_migration_unlock(const struct migration_locks *locks);

/* Files to write: all or none, and with --dry-run none.  The record of a killed run goes to `directory`, or nowhere. */
struct batch new_migration_batch(const struct run *run, const char *directory);

/* Writes them.  With --dry-run says that nothing was. */
int new_migration_write(const struct run *run, struct batch *batch, struct err *err);
void new_migration_tell_dry(const struct run *run);

/*
 * What the files of the directory show, and of those below it where environments have theirs.  To be asked under a lock
 * on the directory, which is kept until the files are there.
 */
int new_migration_look(struct run *run, const char *directory, struct numbering *numbering, struct err *err);

/* The next version, as --seq, --digits, --format and --tz or the directory want it; taken from then on. */
int new_migration_version(struct run *run, struct numbering *numbering, const char **version, struct err *err);

/* Is it one file for both directions, as all others of the directory are, and does no option ask for a pair? */
bool new_migration_is_single(const struct run *run, const struct numbering *numbering);

/* "-- Migration: …" with both markers. */
char *new_migration_single(struct arena *arena, const char *name, const char *description, const char *up, const char *down);

#endif
