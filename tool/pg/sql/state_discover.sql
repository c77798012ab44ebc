-- Which of the tables that skein may read or create are there, and in what shape?
-- $1: schemas of the services (an empty one means the connection's own); $2: names of the tables to look
-- for in each of them, parallel.  One row per table found with its columns, or with what it is instead of a table, and one at the end (number 0) about the server.
WITH wanted AS (
    SELECT number, coalesce(nullif(schema, ''), current_schema()) AS schema, name
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS w (schema, name, number)
)
SELECT w.number, w.schema, w.name,
       CASE WHEN c.relkind IN ('r', 'p') THEN string_agg(a.attname || ':' || format_type(a.atttypid, NULL), ',' ORDER BY a.attnum)
            WHEN c.relkind = 'f' THEN 'a foreign table' ELSE 'a view' END,
       NULL AS database, NULL AS backend, NULL AS standby, NULL AS identity
FROM wanted w
JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
GROUP BY w.number, w.schema, w.name, c.relkind
UNION ALL
SELECT 0, current_schema(), session_user, NULL, current_database(), pg_backend_pid()::text,
       pg_is_in_recovery()::text, d.oid || ' ' || current_database()
FROM pg_catalog.pg_database d WHERE d.datname = current_database()
ORDER BY 1
