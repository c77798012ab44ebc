-- What `skein database health` shows of the server.
SELECT current_setting('server_version'), current_database(), session_user, pg_catalog.pg_is_in_recovery(),
       current_setting('default_transaction_read_only')::boolean,
       has_database_privilege(current_database(), 'CREATE'),
       pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(current_database())),
       pg_catalog.pg_database_size(current_database())
