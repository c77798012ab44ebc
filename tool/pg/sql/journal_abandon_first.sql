-- The same where golang-migrate's table had no row before.
WITH closed AS (
    DELETE FROM {journal} WHERE service_name = $1
)
DELETE FROM {version_table}
