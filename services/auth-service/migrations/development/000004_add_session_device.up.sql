ALTER TABLE auth_service.sessions ADD COLUMN device text;

COMMENT ON COLUMN auth_service.sessions.device IS 'What the user calls the device; empty for API tokens.';
