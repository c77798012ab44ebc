INSERT INTO {table} (file, checksum, environment, duration_ms)
VALUES ($1, $2, $3, (extract(epoch FROM clock_timestamp() - now()) * 1000)::bigint)
ON CONFLICT (file) DO UPDATE
SET checksum = excluded.checksum, environment = excluded.environment, duration_ms = excluded.duration_ms,
    applied_at = now(), applied_by = session_user
