-- {{title | comment}}
{{#description}}
-- {{description | comment}}
{{/description}}

-- What a build that failed has left is invalid, and goes first.
DROP INDEX CONCURRENTLY IF EXISTS {{table.schema | identifier}}.{{index | identifier}};

CREATE INDEX CONCURRENTLY {{index | identifier}}
    ON {{table.schema | identifier}}.{{table.name | identifier}}{{#using}} USING {{using | identifier}}{{/using}} ({{#on}}{{{sql}}}{{^@last}}, {{/@last}}{{/on}}){{#expression}}
    WHERE {{{expression}}}{{/expression}};
