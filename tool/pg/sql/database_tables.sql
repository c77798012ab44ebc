-- The tables of the schemas in $1 (a JSON list), or of the current schema.  Partitions count to their parents.
SELECT n.nspname, c.relname,
       coalesce((SELECT sum(pg_catalog.pg_total_relation_size(t.relid))
                 FROM pg_catalog.pg_partition_tree(c.oid) t WHERE c.relkind = 'p'),
                pg_catalog.pg_total_relation_size(c.oid))::bigint,
       CASE WHEN c.reltuples < 0 THEN NULL ELSE c.reltuples::bigint END,
       has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE'),
       c.relkind = 'p'
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND (($1::json IS NULL AND n.nspname = current_schema())
       OR n.nspname IN (SELECT pg_catalog.json_array_elements_text($1::json)))
ORDER BY n.nspname, c.relname
