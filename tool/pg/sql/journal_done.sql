-- So many steps are done.  $1 service, $2 steps, $3 checksum of their statements.  The division fails when the
-- row is not there or somebody else has moved it: a step is then rolled back with its outcome.
WITH moved AS (
    UPDATE {journal} SET step = $2::integer, done_checksum = $3, intent = false, kind = NULL, statement = NULL, before = NULL,
                         since = clock_timestamp(), backend = NULL, backend_start = NULL
    WHERE service_name = $1 AND step IN ($2::integer - 1, $2::integer)
    RETURNING step
)
SELECT 1 / count(*) FROM moved
