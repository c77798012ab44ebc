-- One seeding of a service at a time; the lock ends with the transaction.
SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('skein seed ' || $1, 0))
