DROP TABLE auth_service.credentials;
