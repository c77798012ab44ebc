-- The value that ALTER TYPE … ADD VALUE adds.
SELECT e.oid::text, 'valid', ''
FROM pg_catalog.pg_enum e
WHERE e.enumtypid = to_regtype(CASE WHEN $1::text IS NULL THEN quote_ident($2::text)
                                    ELSE quote_ident($1::text) || '.' || quote_ident($2::text) END)
  AND e.enumlabel = $6::text
  AND coalesce($3::text, $4::text, $5::text, '') IS NOT NULL
