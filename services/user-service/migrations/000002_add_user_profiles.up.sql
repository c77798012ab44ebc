CREATE TABLE user_service.user_profiles (
    user_id uuid PRIMARY KEY REFERENCES user_service.users (id) ON DELETE CASCADE,
    display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 80),
    locale text NOT NULL DEFAULT 'en',
    timezone text NOT NULL DEFAULT 'UTC'
);

COMMENT ON TABLE user_service.user_profiles IS 'What a user shows to others.';

CREATE FUNCTION user_service.touch_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- The clock of the statement, so that a long transaction shows when each row changed.
    NEW.updated_at := statement_timestamp();
    RETURN NEW;
END;
$$;

CREATE TRIGGER users_touch_updated_at
    BEFORE UPDATE ON user_service.users
    FOR EACH ROW EXECUTE FUNCTION user_service.touch_updated_at();
