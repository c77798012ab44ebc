{{> head}}
{{#seed}}
-- The rows follow from their numbers, so that it is always the same ones.
{{#doubts}}
-- Nobody has compared the values with this: {{. | comment}}.
{{/doubts}}
{{#references}}
{{#required}}

DO $seed$
BEGIN
    IF NOT EXISTS (SELECT FROM {{{sql}}}) THEN
        RAISE EXCEPTION USING MESSAGE = {{message | literal}},
            HINT = {{hint | literal}};
    END IF;
END
$seed$;
{{/required}}
{{/references}}

INSERT INTO {{{table.sql}}} ({{#columns}}{{name | identifier}}{{^@last}}, {{/@last}}{{/columns}})
{{#overriding}}
OVERRIDING SYSTEM VALUE
{{/overriding}}
SELECT {{#columns}}wanted.{{name | identifier}}{{^@last}}, {{/@last}}{{/columns}}
FROM (
    SELECT
        i AS {{number | identifier}},
{{#columns}}
        {{{value}}} AS {{name | identifier}}{{^@last}},{{/@last}}
{{/columns}}
    FROM generate_series(1, {{count | number}}) AS i
{{#references}}
    {{^required}}LEFT {{/required}}JOIN (
        SELECT few.*, row_number() OVER (ORDER BY {{#keys}}few.{{alias | identifier}}{{^@last}}, {{/@last}}{{/keys}}) AS number, count(*) OVER () AS total
        FROM (
            SELECT {{#keys}}{{name | identifier}} AS {{alias | identifier}}{{^@last}}, {{/@last}}{{/keys}} FROM {{{sql}}}
            ORDER BY {{#keys}}{{name | identifier}}{{^@last}}, {{/@last}}{{/keys}} LIMIT {{count | number}}
        ) AS few
    ) AS {{alias | identifier}} ON {{alias | identifier}}.number = (i - 1{{#shift}} + {{shift | number}}{{/shift}}) % {{alias | identifier}}.total + 1
{{/references}}
) AS wanted
{{#by_content}}
{{> seed_known}}
)
{{/by_content}}
{{#when_empty}}
-- Nothing tells these rows from others: they are only added while there are none.
WHERE NOT EXISTS (SELECT FROM {{{table.sql}}})
{{/when_empty}}
ORDER BY wanted.{{number | identifier}}{{^key_sql}};{{/key_sql}}
{{#key_sql}}
ON CONFLICT{{^any_conflict}} {{{key_sql}}}{{/any_conflict}} DO NOTHING;
{{/key_sql}}
{{> seed_sequences}}
{{/seed}}
