{{> head}}
{{#unique_columns}}

CREATE UNIQUE INDEX CONCURRENTLY {{names.unique | identifier}} ON {{{table.sql}}} ({{name | identifier}});
{{/unique_columns}}
