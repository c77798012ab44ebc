-- What was sown, once per file.
CREATE TABLE IF NOT EXISTS {table} (
    file text PRIMARY KEY,
    checksum text NOT NULL,
    environment text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    applied_by text NOT NULL DEFAULT session_user,
    duration_ms bigint NOT NULL
)
