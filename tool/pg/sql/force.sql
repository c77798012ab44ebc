-- golang-migrate's force: the row says so, clean, and an open journal is given up.  $1 service, $2 version (NULL: none),
-- $3 environment, $4 who.
WITH closed AS (
    DELETE FROM {journal} WHERE service_name = $1
), version_row AS (
    {version_write}
)
INSERT INTO {history} (service_name, version, outcome, environment, applied_by)
VALUES ($1, $2::bigint, 'forced', $3, $4)
