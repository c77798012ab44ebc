-- Rows that every developer has; running it again changes nothing.
INSERT INTO {{schema | identifier}}.{{table | identifier}} (id, name)
OVERRIDING SYSTEM VALUE
VALUES (1, 'An example')
ON CONFLICT (id) DO NOTHING;
