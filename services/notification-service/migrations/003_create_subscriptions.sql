-- Migration: create_subscriptions
-- Description: What each user wants to hear about; without a row, everything

-- +++++ UP
CREATE TABLE notification_service.subscriptions (
    user_id uuid NOT NULL REFERENCES user_service.users (id) ON DELETE CASCADE,
    kind text NOT NULL,
    channel notification_service.channel NOT NULL,
    wanted boolean NOT NULL DEFAULT true,
    PRIMARY KEY (user_id, kind, channel)
);

COMMENT ON TABLE notification_service.subscriptions IS 'What a user has turned off, or on again.';

CREATE FUNCTION notification_service.is_wanted(
    wanted_by uuid, kind_of text, over notification_service.channel
) RETURNS boolean
LANGUAGE sql STABLE AS $function$
    SELECT coalesce(
        (SELECT wanted
         FROM notification_service.subscriptions
         WHERE user_id = wanted_by AND kind = kind_of AND channel = over),
        true);
$function$;

-- +++++ DOWN
DROP FUNCTION notification_service.is_wanted(uuid, text, notification_service.channel);
DROP TABLE notification_service.subscriptions;
