-- The open step of a service, and whether the server process that ran it is still at work.  The function instead of
-- pg_stat_activity, whose view costs every status half a millisecond.
SELECT j.version, j.migration_id, j.direction, j.step, j.intent, j.kind, j.statement,
       to_char(j.since, 'YYYY-MM-DD HH24:MI:SSOF'), j.backend,
       EXISTS (SELECT FROM pg_catalog.pg_stat_get_activity(j.backend) a WHERE a.backend_start = j.backend_start),
       j.row_before, j.steps, j.done_checksum, j.before
FROM {journal} j
WHERE j.service_name = $1
