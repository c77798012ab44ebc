-- The indexes of the table that CREATE INDEX CONCURRENTLY works on: the one of its name, all where the server was to
-- choose the name.  An index that is not valid, or not ready, is
-- what an interrupted build leaves.  The unused parameters have types here so that every question takes the same.
SELECT i.indexrelid::text,
       CASE WHEN i.indisvalid AND i.indisready THEN 'valid' ELSE 'invalid' END,
       format('DROP INDEX CONCURRENTLY IF EXISTS %s', i.indexrelid::regclass)
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND ($2::text IS NULL OR c.relname = $2::text::name)
WHERE i.indrelid = to_regclass(CASE WHEN $3::text IS NULL THEN quote_ident($4::text)
                                    ELSE quote_ident($3::text) || '.' || quote_ident($4::text) END)
  AND coalesce($1::text, $5::text, $6::text, '') IS NOT NULL
