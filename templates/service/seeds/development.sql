-- Rows that every developer has; running it again changes nothing.  Their numbers come from the sequence, as all others do.
INSERT INTO {{schema | identifier}}.{{table | identifier}} (name)
SELECT 'An example'
WHERE NOT EXISTS (SELECT FROM {{schema | identifier}}.{{table | identifier}} WHERE name = 'An example');
