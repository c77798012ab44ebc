-- Migration: create_templates
-- Description: Texts of notifications, one per kind and language

-- +++++ UP
CREATE TYPE notification_service.channel AS ENUM ('email', 'push');

CREATE TABLE notification_service.templates (
    kind text NOT NULL,
    locale text NOT NULL,
    channel notification_service.channel NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (kind, locale, channel)
);

COMMENT ON TABLE notification_service.templates IS 'Texts of notifications. Seeded: they are part of a release.';

-- +++++ DOWN
DROP TABLE notification_service.templates;
DROP TYPE notification_service.channel;
