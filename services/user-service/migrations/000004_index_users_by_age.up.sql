CREATE INDEX CONCURRENTLY users_created_at_idx ON user_service.users (created_at) WHERE status = 'active';
