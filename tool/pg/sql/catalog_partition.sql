-- The partition that DETACH PARTITION … CONCURRENTLY works on; between its two transactions it is pending.
SELECT h.inhrelid::text,
       CASE WHEN (to_jsonb(h) ->> 'inhdetachpending')::boolean THEN 'pending' ELSE 'valid' END,
       format('ALTER TABLE %s DETACH PARTITION %s FINALIZE', h.inhparent::regclass, h.inhrelid::regclass)
FROM pg_catalog.pg_inherits h
WHERE h.inhrelid = to_regclass(CASE WHEN $1::text IS NULL THEN quote_ident($2::text)
                                    ELSE quote_ident($1::text) || '.' || quote_ident($2::text) END)
  AND h.inhparent = to_regclass(CASE WHEN $3::text IS NULL THEN quote_ident($4::text)
                                     ELSE quote_ident($3::text) || '.' || quote_ident($4::text) END)
  AND coalesce($5::text, $6::text, '') IS NOT NULL
