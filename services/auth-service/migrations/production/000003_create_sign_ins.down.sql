DROP TABLE auth_service.sign_ins;
