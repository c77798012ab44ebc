-- Its rows, carried over.  What never ended is carried over as failed; of several rows of one version the newest counts.
INSERT INTO {executions} (migration_id, service_name, environment, execution_status, applied_at, rolled_back_at,
                          execution_duration, applied_by, metadata, version)
SELECT DISTINCT ON (o.row ->> 'migration_version')
       left(o.row ->> 'migration_version', 255), {service}, coalesce(left(o.row ->> 'environment', 50), 'unknown'),
       CASE o.row ->> 'status' WHEN 'completed' THEN 'success' WHEN 'rolled_back' THEN 'rolled_back' ELSE 'failed' END,
       (o.row ->> 'completed_at')::timestamptz,
       CASE o.row ->> 'status' WHEN 'rolled_back' THEN (o.row ->> 'completed_at')::timestamptz END,
       (o.row ->> 'duration_ms')::numeric::bigint * interval '1 millisecond', left(o.row ->> 'executed_by', 100),
       jsonb_build_object('carried_over_from', 'migration_executions_before_skein', 'row', o.row),
       substring(o.row ->> 'migration_version' FROM '^[0-9]{1,18}')::bigint
FROM (SELECT to_jsonb(b) AS row FROM {schema}.migration_executions_before_skein b) o
WHERE o.row ->> 'migration_version' IS NOT NULL
ORDER BY o.row ->> 'migration_version', (o.row ->> 'id')::numeric DESC
ON CONFLICT DO NOTHING
