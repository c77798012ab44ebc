INSERT INTO notification_service.subscriptions (user_id, kind, channel, wanted)
SELECT id, 'welcome', 'push', false
FROM user_service.users
WHERE email = 'edsger@example.com'
ON CONFLICT (user_id, kind, channel) DO NOTHING;

INSERT INTO notification_service.notifications (user_id, kind, channel, message)
SELECT id, 'welcome', 'email', 'Good to have you.'
FROM user_service.users
WHERE email = 'ada@example.com'
  AND NOT EXISTS (SELECT FROM notification_service.notifications WHERE user_id = users.id AND kind = 'welcome');
