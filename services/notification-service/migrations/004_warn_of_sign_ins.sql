-- Migration: warn_of_sign_ins
-- Description: Who is to be warned, because somebody failed to sign in as them three times within an hour

-- +++++ UP
CREATE VIEW notification_service.sign_in_warnings AS
SELECT sign_ins.user_id, max(sign_ins.at) AS last_attempt_at
FROM auth_service.sign_ins
WHERE NOT sign_ins.succeeded AND sign_ins.at > now() - interval '1 hour'
GROUP BY sign_ins.user_id
HAVING count(*) >= 3;

CREATE FUNCTION notification_service.warn_of_sign_ins() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    warned bigint;
BEGIN
    INSERT INTO notification_service.notifications (user_id, kind, channel, message)
    SELECT user_id, 'sign_in_warning', 'email', 'Somebody tried to sign in as you; it''s blocked.'
    FROM notification_service.sign_in_warnings
    WHERE NOT EXISTS (
        SELECT FROM notification_service.notifications
        WHERE notifications.user_id = sign_in_warnings.user_id
          AND notifications.kind = 'sign_in_warning'
          AND notifications.created_at > sign_in_warnings.last_attempt_at - interval '1 hour');
    GET DIAGNOSTICS warned = ROW_COUNT;
    RETURN warned;
END;
$$;

COMMENT ON FUNCTION notification_service.warn_of_sign_ins() IS 'Run every minute; returns how many were warned.';

-- +++++ DOWN
DROP FUNCTION notification_service.warn_of_sign_ins();
DROP VIEW notification_service.sign_in_warnings;
