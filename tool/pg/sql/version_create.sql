-- golang-migrate's table, in golang-migrate's own words.  Where it was lost, what is on record says how far the
-- database is: an empty one would say that nothing is applied.
CREATE TABLE IF NOT EXISTS {version_table} (version bigint not null primary key, dirty boolean not null);
INSERT INTO {version_table} (version, dirty)
SELECT max(version), false FROM {executions} WHERE service_name = {service} AND execution_status = 'success'
HAVING max(version) IS NOT NULL
