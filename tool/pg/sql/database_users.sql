-- Who uses that database, for the sentence that says why it cannot be dropped.
SELECT string_agg(DISTINCT format('%s (%s)', usename, coalesce(nullif(application_name, ''), 'no application name')), ', ')
FROM pg_catalog.pg_stat_activity WHERE datname = $1
