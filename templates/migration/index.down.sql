DROP INDEX CONCURRENTLY IF EXISTS {{table.schema | identifier}}.{{index | identifier}};
