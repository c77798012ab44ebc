-- All of the keys or none: the caller rolls back when one is missing.
SELECT bool_and(pg_try_advisory_xact_lock(key)) FROM unnest($1::bigint[]) AS key
