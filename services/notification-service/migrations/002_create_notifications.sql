-- Migration: create_notifications
-- Description: Messages to users, and when they were sent and read

-- +++++ UP
CREATE TABLE notification_service.notifications (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES user_service.users (id),
    kind text NOT NULL,
    channel notification_service.channel NOT NULL,
    message text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    read_at timestamptz CHECK (read_at >= sent_at)
);

CREATE INDEX notifications_user_id_idx ON notification_service.notifications (user_id);
CREATE INDEX notifications_unsent_idx ON notification_service.notifications (created_at) WHERE sent_at IS NULL;

COMMENT ON TABLE notification_service.notifications IS 'One row per message to one user over one channel.';

-- +++++ DOWN
DROP TABLE notification_service.notifications;
