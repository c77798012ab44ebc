-- The database that CREATE DATABASE or DROP DATABASE works on.  A connection limit of -2 marks one whose DROP
-- DATABASE was interrupted (15.4 and later).
SELECT d.oid::text, CASE WHEN d.datconnlimit = -2 THEN 'invalid' ELSE 'valid' END,
       format('DROP DATABASE IF EXISTS %I', d.datname)
FROM pg_catalog.pg_database d
WHERE d.datname = $2::text
  AND coalesce($1::text, $3::text, $4::text, $5::text, $6::text, '') IS NOT NULL
