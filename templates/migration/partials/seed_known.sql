WHERE NOT EXISTS (
    SELECT FROM {{{table.sql}}} AS present
    WHERE {{#known}}present.{{name | identifier}}{{#as_text}}::text{{/as_text}} {{#not_null}}={{/not_null}}{{^not_null}}IS NOT DISTINCT FROM{{/not_null}} wanted.{{name | identifier}}{{#as_text}}::text{{/as_text}}{{^@last}}
        AND {{/@last}}{{/known}}
