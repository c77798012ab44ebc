-- Seeds may run any number of times.
INSERT INTO user_service.users (id, email, status) VALUES
    ('00000000-0000-4000-8000-000000000004', 'mallory@example.com', 'suspended')
ON CONFLICT DO NOTHING;

INSERT INTO user_service.user_profiles (user_id, display_name) VALUES
    ('00000000-0000-4000-8000-000000000004', 'Mallory')
ON CONFLICT (user_id) DO UPDATE SET display_name = EXCLUDED.display_name;
