DROP VIEW user_service.online_users;
