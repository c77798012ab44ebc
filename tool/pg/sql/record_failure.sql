-- A failed attempt, written in a transaction of its own after the migration's was rolled back.  The version
-- row and the generation stay: the state is as before.  $1 service, $2 version, $3 migration id, $4 direction,
-- $5 environment, $6 checksum, $7 duration in microseconds, $8 who, $9 metadata, $10 message, $11 sqlstate.
WITH history AS (
    INSERT INTO {history} (service_name, version, migration_id, direction, outcome, environment, checksum, duration,
                           applied_by, metadata, error_message, sqlstate)
    VALUES ($1, $2::bigint, $3, $4, 'failed', $5, $6, $7::bigint * interval '1 microsecond', $8, $9::jsonb, $10, $11)
)
INSERT INTO {executions} AS e (service_name, migration_id, environment, execution_status, execution_duration,
                               error_message, checksum, applied_by, metadata, version)
SELECT $1, $3, $5, 'failed', $7::bigint * interval '1 microsecond', $10, $6, $8, $9::jsonb, $2::bigint
WHERE $4 = 'up'
ON CONFLICT (service_name, migration_id, environment) DO UPDATE
SET execution_status = 'failed', execution_duration = EXCLUDED.execution_duration,
    error_message = EXCLUDED.error_message, checksum = EXCLUDED.checksum, applied_by = EXCLUDED.applied_by,
    updated_at = clock_timestamp()
WHERE e.execution_status <> 'success'
