-- One user for the smoke test that follows each deployment.
INSERT INTO user_service.users (id, email) VALUES
    ('00000000-0000-4000-8000-00000000000a', 'smoke-test@example.com')
ON CONFLICT DO NOTHING;

INSERT INTO user_service.user_profiles (user_id, display_name) VALUES
    ('00000000-0000-4000-8000-00000000000a', 'Smoke test')
ON CONFLICT (user_id) DO UPDATE SET display_name = EXCLUDED.display_name;
