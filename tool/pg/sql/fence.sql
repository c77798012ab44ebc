-- The first statement of every transaction of the engine: settings for this transaction only, and the fence.
-- It takes the state row of the service, counts its generation on, and fails (22P02, with a sentence that
-- pg/record.c knows) unless the database was in the state that the plan was made from.  $1 service, $2 generation,
-- $3 "version:dirty" of golang-migrate's row ("" for none), $4 search_path ("" leaves it), $5 lock_timeout,
-- $6 statement_timeout (ms), $7 synchronous_commit ("" leaves it).
-- A statement whose client is gone ends within two seconds, unless the server is told another interval; from PostgreSQL
-- 14 on, where the setting is unknown before, and where the operating system surely can say so.
-- {state} and {version_table} are quoted names.  The casts are on texts made from the row, so that the
-- planner cannot compute the failure beforehand.
WITH held AS (
    UPDATE {state} SET generation = generation + 1, updated_at = clock_timestamp() WHERE service_name = $1
    RETURNING generation - 1 AS generation
), found AS MATERIALIZED (
    SELECT coalesce((SELECT generation::text FROM held), 'none') AS generation,
           coalesce((SELECT version || ':' || dirty FROM {version_table} LIMIT 1), '') AS version_row
)
SELECT CASE WHEN found.generation = $2 AND found.version_row = $3 THEN 0
            ELSE ('skein-fence generation ' || found.generation || ' version ' || found.version_row)::integer END,
       CASE WHEN $4 = '' THEN '' ELSE set_config('search_path', $4, true) END,
       set_config('lock_timeout', $5, true),
       set_config('statement_timeout', $6, true),
       CASE WHEN $7 = '' THEN '' ELSE set_config('synchronous_commit', $7, true) END,
       set_config('idle_in_transaction_session_timeout', '300000', true),
       CASE WHEN current_setting('client_connection_check_interval', true) = '0' AND version() LIKE '%linux%'
            THEN set_config('client_connection_check_interval', '2000', true) END
FROM found
