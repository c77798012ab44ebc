-- The same from an older table of other columns, as legacy_copy.sql will carry it over.
SELECT DISTINCT ON (1)
       substring(o.id FROM '^[0-9]{1,18}')::bigint, o.id, o.row ->> 'environment', o.status, NULL,
       to_char((o.row ->> 'completed_at')::timestamptz, 'YYYY-MM-DD HH24:MI:SSOF'), o.row ->> 'executed_by', NULL,
       (o.row ->> 'duration_ms')::numeric::bigint * 1000, NULL
FROM (
    SELECT DISTINCT ON (b.row ->> 'migration_version')
           b.row, b.row ->> 'migration_version' AS id,
           CASE b.row ->> 'status' WHEN 'completed' THEN 'success' WHEN 'rolled_back' THEN 'rolled_back' ELSE 'failed' END
           AS status
    FROM (SELECT to_jsonb(e) AS row FROM {executions} e) b
    ORDER BY b.row ->> 'migration_version', (b.row ->> 'id')::numeric DESC
) o
WHERE $1::text IS NOT NULL AND o.id ~ '^[0-9]{1,18}'
ORDER BY 1, (o.status = 'success') DESC
