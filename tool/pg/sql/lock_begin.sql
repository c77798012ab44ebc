-- The transaction that holds the lock.  READ COMMITTED keeps no snapshot while it is idle, so that CREATE INDEX
-- CONCURRENTLY does not wait for it; nothing may time it out.
BEGIN ISOLATION LEVEL READ COMMITTED;
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = 0
