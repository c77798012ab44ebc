-- Invalid indexes that a REINDEX of a schema, the database or the system CONCURRENTLY may leave.
SELECT i.indexrelid::text, 'invalid', format('DROP INDEX CONCURRENTLY IF EXISTS %s', i.indexrelid::regclass)
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.relname ~ '_cc(new|old)[0-9]*$'
WHERE NOT i.indisvalid
  AND coalesce($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, '') IS NOT NULL
