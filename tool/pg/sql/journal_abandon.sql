-- A journalled migration of which nothing happened.  $1 service, $2 golang-migrate's version before it.
WITH closed AS (
    DELETE FROM {journal} WHERE service_name = $1
)
UPDATE {version_table} SET version = $2::bigint, dirty = false
