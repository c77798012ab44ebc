{{> head}}
{{#indexed_columns}}

{{> index_tree}}
{{^tree}}
-- What a build that failed has left is invalid, and goes first.
DROP INDEX CONCURRENTLY IF EXISTS {{table.schema | identifier}}.{{names.index | identifier}};

CREATE INDEX CONCURRENTLY {{names.index | identifier}} ON {{{table.sql}}} {{{definition}}};
{{/tree}}
{{/indexed_columns}}
