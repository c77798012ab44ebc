DROP TRIGGER users_touch_updated_at ON user_service.users;
DROP FUNCTION user_service.touch_updated_at();
DROP TABLE user_service.user_profiles;
