{{#unique_columns}}
DROP INDEX CONCURRENTLY IF EXISTS {{table.schema | identifier}}.{{names.unique | identifier}};
{{/unique_columns}}
