-- The texts of this release.
INSERT INTO notification_service.templates (kind, locale, channel, subject, body) VALUES
    ('welcome', 'en', 'email', 'Welcome', 'Good to have you, {{name}}.'),
    ('welcome', 'nl', 'email', 'Welkom', 'Fijn dat je er bent, {{name}}.'),
    ('sign_in_warning', 'en', 'email', 'Was this you?', 'Somebody tried to sign in as you.')
ON CONFLICT (kind, locale, channel) DO UPDATE SET subject = EXCLUDED.subject, body = EXCLUDED.body;
