-- {{title | comment}}: the first table of {{service | comment}}.

CREATE TABLE {{schema | identifier}}.{{table | identifier}} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
