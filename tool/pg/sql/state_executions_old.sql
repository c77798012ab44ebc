-- The same on a table as the orchestrator before skein made it, which has no version column.
SELECT DISTINCT ON (1)
       substring(migration_id FROM '^[0-9]{1,18}')::bigint, migration_id, environment, execution_status, checksum,
       to_char(applied_at, 'YYYY-MM-DD HH24:MI:SSOF'), applied_by, error_message,
       (date_part('epoch', execution_duration) * 1000000)::bigint, NULL
FROM {executions}
WHERE service_name = $1 AND migration_id ~ '^[0-9]{1,18}'
ORDER BY 1, (execution_status = 'success') DESC, updated_at DESC
