{{> head}}
{{#seed}}
{{^by_content}}
-- A row is known by its {{key_sql | comment}}: it is added, or gets the values that stand here.

INSERT INTO {{{table.sql}}} AS present ({{#columns}}{{name | identifier}}{{^@last}}, {{/@last}}{{/columns}})
{{#overriding}}
OVERRIDING SYSTEM VALUE
{{/overriding}}
VALUES
{{#given}}
    {{{.}}}{{^@last}},{{/@last}}
{{/given}}
{{^has_updates}}
ON CONFLICT {{{key_sql}}} DO NOTHING;
{{/has_updates}}
{{#has_updates}}
ON CONFLICT {{{key_sql}}} DO UPDATE SET
{{#updates}}
    {{name | identifier}} = EXCLUDED.{{name | identifier}}{{^@last}},{{/@last}}{{#@last}}{{^comparable}};{{/comparable}}{{/@last}}
{{/updates}}
{{#comparable}}
WHERE ({{#updates}}present.{{name | identifier}}{{^@last}}, {{/@last}}{{/updates}})
    IS DISTINCT FROM ({{#updates}}EXCLUDED.{{name | identifier}}{{^@last}}, {{/@last}}{{/updates}});
{{/comparable}}
{{/has_updates}}
{{/by_content}}
{{#by_content}}
-- No key is among what a row gives, so it is known by all of it, and what is there is not added again.

INSERT INTO {{{table.sql}}} ({{#columns}}{{name | identifier}}{{^@last}}, {{/@last}}{{/columns}})
{{#overriding}}
OVERRIDING SYSTEM VALUE
{{/overriding}}
SELECT {{#columns}}wanted.{{name | identifier}}{{^@last}}, {{/@last}}{{/columns}}
FROM (
    SELECT {{#columns}}given.{{name | identifier}}{{#type}}::{{{type}}}{{/type}} AS {{name | identifier}}{{^@last}}, {{/@last}}{{/columns}}
    FROM (VALUES
    {{#given}}
        {{{.}}}{{^@last}},{{/@last}}
    {{/given}}
    ) AS given ({{#columns}}{{name | identifier}}{{^@last}}, {{/@last}}{{/columns}})
) AS wanted
{{> seed_known}}
);
{{/by_content}}
{{> seed_sequences}}
{{/seed}}
