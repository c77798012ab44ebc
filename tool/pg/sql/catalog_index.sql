-- The index that DROP INDEX CONCURRENTLY works on; while it is being dropped it turns invalid first.
SELECT i.indexrelid::text, CASE WHEN i.indisvalid THEN 'valid' ELSE 'invalid' END, ''
FROM pg_catalog.pg_index i
WHERE i.indexrelid = to_regclass(CASE WHEN $1::text IS NULL THEN quote_ident($2::text)
                                      ELSE quote_ident($1::text) || '.' || quote_ident($2::text) END)
  AND coalesce($3::text, $4::text, $5::text, $6::text, '') IS NOT NULL
