-- What server is this, and may it be written to?
SELECT current_setting('server_version_num'), pg_is_in_recovery(), pg_backend_pid()
