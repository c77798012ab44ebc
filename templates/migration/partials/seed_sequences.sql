{{#sequences}}

-- What the sequence gives next is behind what is there.
SELECT setval(numbers.sequence, numbers.highest)
FROM (
    SELECT pg_get_serial_sequence({{table.sql | literal}}, {{name | literal}})::regclass AS sequence, max({{name | identifier}}) AS highest
    FROM {{{table.sql}}}
) AS numbers
WHERE numbers.highest > coalesce(pg_sequence_last_value(numbers.sequence), 0);
{{/sequences}}
