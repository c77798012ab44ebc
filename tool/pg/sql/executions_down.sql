-- Part of record.sql for a down: every row of that version that counts as applied is rolled back.
UPDATE {executions}
SET execution_status = 'rolled_back', rolled_back_at = clock_timestamp(), error_message = NULL,
    updated_at = clock_timestamp()
WHERE service_name = $1 AND version = $2::bigint AND execution_status = 'success'
RETURNING (extract(epoch FROM coalesce($7::bigint * interval '1 microsecond', clock_timestamp() - transaction_timestamp())) * 1000000)::bigint
