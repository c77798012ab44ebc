CREATE TABLE auth_service.sign_ins (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES user_service.users (id),
    succeeded boolean NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX sign_ins_user_id_at_idx ON auth_service.sign_ins (user_id, at DESC);

COMMENT ON TABLE auth_service.sign_ins IS 'Every attempt to sign in.';
