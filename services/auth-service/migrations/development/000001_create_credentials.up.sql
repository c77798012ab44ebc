CREATE TABLE auth_service.credentials (
    user_id uuid PRIMARY KEY REFERENCES user_service.users (id),
    password_hash text NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    changed_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE auth_service.credentials IS 'How a user proves who they are. Hashes only.';
