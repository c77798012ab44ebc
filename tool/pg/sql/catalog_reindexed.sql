-- Invalid indexes beside those that REINDEX CONCURRENTLY works on ("…_ccnew", "…_ccold" are its own).
WITH target AS (
    SELECT to_regclass(CASE WHEN $1::text IS NULL THEN quote_ident($2::text)
                            ELSE quote_ident($1::text) || '.' || quote_ident($2::text) END)::oid AS oid
), table_of AS (
    SELECT coalesce((SELECT i.indrelid FROM pg_catalog.pg_index i WHERE i.indexrelid = target.oid), target.oid) AS oid
    FROM target
)
SELECT i.indexrelid::text, 'invalid', format('DROP INDEX CONCURRENTLY IF EXISTS %s', i.indexrelid::regclass)
FROM table_of
JOIN pg_catalog.pg_class t ON t.oid = table_of.oid
JOIN pg_catalog.pg_index i ON i.indrelid IN (t.oid, t.reltoastrelid) AND NOT i.indisvalid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.relname ~ '_cc(new|old)[0-9]*$'
WHERE coalesce($3::text, $4::text, $5::text, $6::text, '') IS NOT NULL
