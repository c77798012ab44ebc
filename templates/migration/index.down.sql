{{> index_tree_down}}
{{^tree}}
DROP INDEX CONCURRENTLY IF EXISTS {{table.schema | identifier}}.{{index | identifier}};
{{/tree}}
