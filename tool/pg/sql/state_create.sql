-- skein's own tables of one service, created on demand, for psql-like substitution by pg/tables.c:
-- {schema} is the quoted schema.  history.direction is up or down (NULL for a force); history.outcome is success,
-- failed, adopted, forced or resolved: without CHECK, which would be parsed again for every migration.
CREATE TABLE IF NOT EXISTS {schema}.migration_executions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    migration_id varchar(255) NOT NULL,
    service_name varchar(100) NOT NULL,
    environment varchar(50) NOT NULL,
    execution_status varchar(20) NOT NULL CHECK (execution_status IN ('success', 'failed', 'rolled_back')),
    applied_at timestamp with time zone,
    rolled_back_at timestamp with time zone,
    execution_duration interval,
    error_message text,
    checksum varchar(64),
    applied_by varchar(100),
    metadata jsonb,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP,
    version bigint,
    UNIQUE (service_name, migration_id, environment)
);
ALTER TABLE {schema}.migration_executions ADD COLUMN IF NOT EXISTS version bigint;
UPDATE {schema}.migration_executions SET version = substring(migration_id FROM '^[0-9]{1,18}')::bigint
WHERE version IS NULL;
CREATE INDEX IF NOT EXISTS {service_env_index} ON {schema}.migration_executions (service_name, environment);
CREATE INDEX IF NOT EXISTS {status_index} ON {schema}.migration_executions (execution_status);
CREATE INDEX IF NOT EXISTS {applied_at_index} ON {schema}.migration_executions (applied_at);
CREATE TABLE IF NOT EXISTS {schema}.migration_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    service_name varchar(100) NOT NULL,
    version bigint,
    migration_id varchar(255),
    direction varchar(4),
    outcome varchar(20) NOT NULL,
    environment varchar(50) NOT NULL,
    checksum varchar(64),
    finished_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    duration interval,
    applied_by varchar(100) NOT NULL,
    error_message text,
    sqlstate varchar(5),
    metadata jsonb
);
CREATE TABLE IF NOT EXISTS {schema}.migration_journal (
    service_name varchar(100) PRIMARY KEY,
    version bigint NOT NULL,
    migration_id varchar(255) NOT NULL,
    direction varchar(4) NOT NULL CHECK (direction IN ('up', 'down')),
    row_before bigint,
    step integer NOT NULL,
    steps integer NOT NULL,
    done_checksum varchar(64) NOT NULL,
    intent boolean NOT NULL,
    kind text,
    statement text,
    before text,
    started_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    since timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    backend integer,
    backend_start timestamp with time zone
);
CREATE TABLE IF NOT EXISTS {schema}.migration_state (
    service_name varchar(100) PRIMARY KEY,
    generation bigint NOT NULL DEFAULT 0,
    format integer NOT NULL DEFAULT 1,
    updated_at timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO {schema}.migration_state (service_name) VALUES ({service}) ON CONFLICT DO NOTHING
