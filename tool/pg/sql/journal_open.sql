-- Opens the journal of a migration and tells golang-migrate's readers that it is under way (dirty).
-- $1 service, $2 version, $3 migration id, $4 direction, $5 golang-migrate's version before (NULL: no row), $6 steps,
-- $7 golang-migrate's version afterwards (-1: none), $8 checksum of no statement at all.
WITH version_row AS (
    {version_write}
)
INSERT INTO {journal} (service_name, version, migration_id, direction, row_before, step, steps, done_checksum, intent)
VALUES ($1, $2::bigint, $3, $4, $5::bigint, 0, $6::integer, $8, false)
