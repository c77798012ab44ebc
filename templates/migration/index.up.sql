{{> head}}

{{> index_tree}}
{{^tree}}
-- What a build that failed has left is invalid, and goes first.
DROP INDEX CONCURRENTLY IF EXISTS {{table.schema | identifier}}.{{index | identifier}};

CREATE {{#unique}}UNIQUE {{/unique}}INDEX CONCURRENTLY {{index | identifier}}
    ON {{{table.sql}}} {{{definition}}};
{{/tree}}
