-- A version table that was not there, beside records of what was applied: golang-migrate is to go on from these.
INSERT INTO {version_table} (version, dirty)
SELECT max(version), false FROM {executions}
WHERE service_name = {service} AND execution_status = 'success'
HAVING max(version) IS NOT NULL
