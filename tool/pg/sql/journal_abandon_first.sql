-- The same where golang-migrate's table had no row before.
WITH bump AS (
    UPDATE {state} SET generation = generation + 1, updated_at = clock_timestamp() WHERE service_name = $1
), closed AS (
    DELETE FROM {journal} WHERE service_name = $1
)
DELETE FROM {version_table}
