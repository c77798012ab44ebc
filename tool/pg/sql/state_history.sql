-- Attempts, newest first.  $1 service, $2 how many (NULL: all).
SELECT id, migration_id, direction, outcome, environment, to_char(finished_at, 'YYYY-MM-DD HH24:MI:SSOF'), applied_by,
       error_message, (extract(epoch FROM duration) * 1000000)::bigint
FROM {history}
WHERE service_name = $1
ORDER BY id DESC
LIMIT $2::bigint
