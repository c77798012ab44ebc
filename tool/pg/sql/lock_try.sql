-- The transaction that holds the lock, and the asking for it, in one message of the simple protocol: {keys} are numbers.
-- READ COMMITTED keeps no snapshot while it is idle, so that CREATE INDEX CONCURRENTLY does not wait for it; nothing
-- may time it out.  All of the keys or none: the caller rolls back when one is missing.
BEGIN ISOLATION LEVEL READ COMMITTED;
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = 0;
SELECT bool_and(pg_try_advisory_xact_lock(key)) FROM unnest('{keys}'::bigint[]) AS key
