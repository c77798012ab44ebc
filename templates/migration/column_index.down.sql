{{#indexed_columns}}
DROP INDEX CONCURRENTLY IF EXISTS {{table.schema | identifier}}.{{names.index | identifier}};
{{/indexed_columns}}
