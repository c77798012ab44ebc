{{#indexed_columns}}
{{> index_tree_down}}
{{^tree}}
DROP INDEX CONCURRENTLY IF EXISTS {{table.schema | identifier}}.{{names.index | identifier}};
{{/tree}}
{{/indexed_columns}}
