-- A person's word about an open statement.
INSERT INTO {history} (service_name, migration_id, version, outcome, environment, applied_by, metadata)
VALUES ($1, $2, $3::bigint, 'resolved', $4, $5, jsonb_build_object('word', $6::text, 'steps_done', $7::integer))
