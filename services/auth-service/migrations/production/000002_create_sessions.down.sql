DROP TABLE auth_service.sessions;
