{{> head}}
{{#indexed_columns}}

{{> index_tree}}
{{^tree}}
CREATE INDEX CONCURRENTLY {{names.index | identifier}} ON {{{table.sql}}} {{{definition}}};
{{/tree}}
{{/indexed_columns}}
