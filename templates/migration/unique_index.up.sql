{{> head}}
{{#unique_columns}}

-- What a build that failed has left is invalid, and goes first.
DROP INDEX CONCURRENTLY IF EXISTS {{table.schema | identifier}}.{{names.unique | identifier}};

CREATE UNIQUE INDEX CONCURRENTLY {{names.unique | identifier}} ON {{{table.sql}}} ({{name | identifier}});
{{/unique_columns}}
