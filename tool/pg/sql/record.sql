-- The last statement of a migration's transaction: what happened, in all the tables at once.
-- $1 service, $2 version, $3 migration id, $4 direction, $5 environment, $6 checksum, $7 duration in microseconds
-- (NULL: since the transaction began), $8 who, $9 metadata, $10 version of golang-migrate's row afterwards (NULL:
-- no row), $11 whether that row is there now.
-- {executions}, {history}, {version_table} are quoted names; {version_write} is one of three statements.
WITH version_row AS (
    {version_write}
), history AS (
    INSERT INTO {history} (service_name, version, migration_id, direction, outcome, environment, checksum, duration,
                           applied_by, metadata)
    VALUES ($1, $2::bigint, $3, $4, 'success', $5, $6,
            coalesce($7::bigint * interval '1 microsecond', clock_timestamp() - transaction_timestamp()), $8, $9::jsonb)
)
{executions_write}
