-- Who holds one of the keys (a bigint key shows as classid and objid)?  {keys} are numbers.
SELECT format('pid %s (%s%s) since %s', l.pid, coalesce(a.usename, 'unknown user'),
              CASE WHEN a.application_name = '' THEN '' ELSE ', ' || a.application_name END,
              to_char(coalesce(a.xact_start, a.backend_start), 'YYYY-MM-DD HH24:MI:SS'))
FROM pg_catalog.pg_locks l
LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.pid <> pg_backend_pid()
  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND (l.classid::bigint << 32) + l.objid::bigint = ANY ('{keys}'::bigint[])
LIMIT 1
