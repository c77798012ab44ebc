-- Every development user's password is "development".  The users come from user-service's own data.
INSERT INTO auth_service.credentials (user_id, password_hash)
SELECT id, '$argon2id$v=19$m=19456,t=2,p=1$c2tlaW4tZGV2$kfN0xq1S1u7mYw0m3m2Jb8mYbJ0zq7l0nC5vX9rT2aE'
FROM user_service.users
ON CONFLICT (user_id) DO NOTHING;

INSERT INTO auth_service.sessions (token_hash, user_id, expires_at, device)
VALUES (sha256('development'), '00000000-0000-4000-8000-000000000001', 'infinity', 'curl')
ON CONFLICT (token_hash) DO NOTHING;
