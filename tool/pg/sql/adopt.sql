-- What another tool did, put on record.  $1 service, $2 versions that are applied now, $3 their migration ids, $4 versions
-- that are not any more, $5 environment, $6 who.
WITH undone AS (
    UPDATE {executions}
    SET execution_status = 'rolled_back', rolled_back_at = clock_timestamp(), updated_at = clock_timestamp()
    WHERE service_name = $1 AND version = ANY ($4::bigint[]) AND execution_status = 'success'
    RETURNING version, migration_id
), done AS (
    SELECT version, id FROM unnest($2::bigint[], $3::text[]) AS d (version, id)
), history AS (
    INSERT INTO {history} (service_name, version, migration_id, direction, outcome, environment, applied_by)
    SELECT $1, version, left(id, 255), 'up', 'adopted', $5, $6 FROM done
    UNION ALL
    SELECT $1, version, migration_id, 'down', 'adopted', $5, $6 FROM undone
)
INSERT INTO {executions} AS e (service_name, migration_id, environment, execution_status, applied_at, applied_by,
                               metadata, version)
SELECT $1, left(id, 255), $5, 'success', clock_timestamp(), $6, '{"adopted": true}', version FROM done
ON CONFLICT (service_name, migration_id, environment) DO UPDATE
SET execution_status = 'success', applied_at = EXCLUDED.applied_at, rolled_back_at = NULL, error_message = NULL,
    applied_by = EXCLUDED.applied_by, metadata = EXCLUDED.metadata, version = EXCLUDED.version,
    updated_at = clock_timestamp()
