CREATE TABLE user_service.users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'deleted')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX users_email_key ON user_service.users (lower(email));

COMMENT ON TABLE user_service.users IS 'One row per person. Other services refer to users by id.';
COMMENT ON COLUMN user_service.users.status IS 'Users are never removed: deleted is a status.';
