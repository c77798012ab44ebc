DROP TABLE user_service.users;
