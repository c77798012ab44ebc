-- The schemas of the database, but the system's.
SELECT n.nspname, pg_catalog.pg_get_userbyid(n.nspowner),
       count(c.oid) FILTER (WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition),
       coalesce(sum(pg_catalog.pg_total_relation_size(c.oid)) FILTER (WHERE c.relkind IN ('r', 'm')), 0)::bigint
FROM pg_catalog.pg_namespace n
LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
GROUP BY n.oid, n.nspname, n.nspowner ORDER BY n.nspname
