-- A statement is about to run that no transaction can hold.  $1 service, $2 step, $3 kind, $4 statement, $5 what the
-- catalog said before it, $6 version.  No row comes back when somebody else has changed the journal.
UPDATE {journal} j
SET intent = true, kind = $3, statement = $4, before = $5, since = clock_timestamp(), backend = pg_backend_pid(),
    backend_start = (SELECT a.backend_start FROM pg_catalog.pg_stat_activity a WHERE a.pid = pg_backend_pid())
WHERE j.service_name = $1 AND j.version = $6::bigint AND j.step = $2::integer AND NOT j.intent
RETURNING j.step
