-- So many steps are done.  $1 service, $2 steps, $3 checksum of their statements, $4 version, $5 whether a statement was
-- under way (which may turn out not to be done) or this is the step's own transaction.  It fails in the way of the fence
-- when the row is not there or somebody else has moved it: a step is then rolled back with its outcome.
WITH moved AS (
    UPDATE {journal} SET step = $2::integer, done_checksum = $3, intent = false, kind = NULL, statement = NULL, before = NULL,
                         since = clock_timestamp(), backend = NULL, backend_start = NULL
    WHERE service_name = $1 AND version = $4::bigint
      AND CASE WHEN $5::boolean THEN intent AND step IN ($2::integer - 1, $2::integer)
               ELSE NOT intent AND step = $2::integer - 1 END
    RETURNING step
)
SELECT CASE WHEN count(*) = 1 THEN 0 ELSE ('skein-fence ' || count(*) || ' journals at this step')::integer END FROM moved
