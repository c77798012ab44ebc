-- For each version the row that counts: an applied one before others, then the newest.  Of a row that was carried over
-- the environment may be unknown.
SELECT DISTINCT ON (version)
       version, migration_id, nullif(environment, 'unknown'), execution_status, checksum,
       to_char(applied_at, 'YYYY-MM-DD HH24:MI:SSOF'), applied_by, error_message,
       (date_part('epoch', execution_duration) * 1000000)::bigint,
       to_char(rolled_back_at, 'YYYY-MM-DD HH24:MI:SSOF')
FROM {executions}
WHERE service_name = $1 AND version IS NOT NULL
ORDER BY version, (execution_status = 'success') DESC, updated_at DESC
