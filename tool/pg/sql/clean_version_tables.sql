-- golang-migrate's tables of the services whose schemas are in $1 (a JSON list), where they are in public, and
-- those named in $2: without its schema, a service must not count as migrated.
SELECT n.nspname, c.relname
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r'
  AND ((n.nspname = 'public'
        AND c.relname IN (SELECT s || '_schema_migrations' FROM pg_catalog.json_array_elements_text($1::json) s))
       OR n.nspname || '.' || c.relname IN (SELECT pg_catalog.json_array_elements_text($2::json)))
  AND 2 = (SELECT count(*) FROM pg_catalog.pg_attribute a
           WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname IN ('version', 'dirty'))
ORDER BY 1, 2
