-- Does somebody wait for one of our lock keys while our statement waits for them?
SELECT l.pid
FROM pg_catalog.pg_locks l
WHERE l.locktype = 'advisory' AND NOT l.granted AND l.objsubid = 1
  AND (l.classid::bigint << 32) + l.objid::bigint = ANY ('{keys}'::bigint[])
  AND l.pid = ANY (pg_blocking_pids({backend}))
