-- Settings of the session, for statements that cannot have them SET LOCAL.  $1 search_path ("" leaves it), $2 lock_timeout,
-- $3 statement_timeout.  The last one is as in fence.sql.
SELECT CASE WHEN $1 = '' THEN '' ELSE set_config('search_path', $1, false) END,
       set_config('lock_timeout', $2, false), set_config('statement_timeout', $3, false),
       CASE WHEN current_setting('client_connection_check_interval', true) = '0' AND version() LIKE '%linux%'
            THEN set_config('client_connection_check_interval', '2000', false) END
