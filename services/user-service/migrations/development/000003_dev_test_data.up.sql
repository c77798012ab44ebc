-- The people that development and its tests know.  The other services' seeds refer to these ids.
INSERT INTO user_service.users (id, email) VALUES
    ('00000000-0000-4000-8000-000000000001', 'ada@example.com'),
    ('00000000-0000-4000-8000-000000000002', 'grace@example.com'),
    ('00000000-0000-4000-8000-000000000003', 'edsger@example.com');

INSERT INTO user_service.user_profiles (user_id, display_name, timezone) VALUES
    ('00000000-0000-4000-8000-000000000001', 'Ada', 'Europe/London'),
    ('00000000-0000-4000-8000-000000000002', 'Grace', 'America/New_York'),
    ('00000000-0000-4000-8000-000000000003', 'Edsger', 'Europe/Amsterdam');
