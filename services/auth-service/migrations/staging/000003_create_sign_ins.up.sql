CREATE TABLE auth_service.sign_ins (
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id uuid NOT NULL REFERENCES user_service.users (id),
    succeeded boolean NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE INDEX sign_ins_user_id_at_idx ON auth_service.sign_ins (user_id, at DESC);

-- A partition for each of this month and the next two; the service adds the later ones.
DO $do$
DECLARE
    month date;
BEGIN
    FOR step IN 0..2 LOOP
        month := date_trunc('month', now()) + make_interval(months => step);
        EXECUTE format(
            'CREATE TABLE auth_service.%I PARTITION OF auth_service.sign_ins FOR VALUES FROM (%L) TO (%L)',
            'sign_ins_' || to_char(month, 'YYYY_MM'), month, month + interval '1 month');
    END LOOP;
END;
$do$;

COMMENT ON TABLE auth_service.sign_ins IS 'Every attempt to sign in, by month: old months are detached, not deleted.';
