ALTER TABLE auth_service.sessions DROP COLUMN device;
