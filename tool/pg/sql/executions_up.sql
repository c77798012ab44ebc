-- Part of record.sql for an up.  It answers with the duration.
INSERT INTO {executions} AS e (service_name, migration_id, environment, execution_status, applied_at,
                               execution_duration, checksum, applied_by, metadata, version)
VALUES ($1, $3, $5, 'success', clock_timestamp(),
        coalesce($7::bigint * interval '1 microsecond', clock_timestamp() - transaction_timestamp()), $6, $8, $9::jsonb,
        $2::bigint)
ON CONFLICT (service_name, migration_id, environment) DO UPDATE
SET execution_status = 'success', applied_at = EXCLUDED.applied_at, rolled_back_at = NULL,
    execution_duration = EXCLUDED.execution_duration, error_message = NULL, checksum = EXCLUDED.checksum,
    applied_by = EXCLUDED.applied_by, metadata = EXCLUDED.metadata, version = EXCLUDED.version,
    updated_at = clock_timestamp()
RETURNING (extract(epoch FROM execution_duration) * 1000000)::bigint
