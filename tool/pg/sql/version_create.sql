-- golang-migrate's table, in golang-migrate's own words.
CREATE TABLE IF NOT EXISTS {version_table} (version bigint not null primary key, dirty boolean not null)
