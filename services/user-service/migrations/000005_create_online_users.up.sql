CREATE VIEW user_service.online_users AS
SELECT users.id, user_profiles.display_name, max(sessions.last_seen_at) AS last_seen_at
FROM user_service.users
JOIN user_service.user_profiles ON user_profiles.user_id = users.id
JOIN auth_service.sessions ON sessions.user_id = users.id
WHERE sessions.expires_at > now()
GROUP BY users.id, user_profiles.display_name;

COMMENT ON VIEW user_service.online_users IS 'Users with a session that has not expired.';
