-- Settings of the session, for statements that cannot have them SET LOCAL.  $1 search_path ("" leaves it), $2 lock_timeout,
-- $3 statement_timeout.
SELECT CASE WHEN $1 = '' THEN '' ELSE set_config('search_path', $1, false) END,
       set_config('lock_timeout', $2, false), set_config('statement_timeout', $3, false)
