{{> head}}

{{> no_partitions}}
{{#indexed_columns}}

-- skein: ignore index-on-partitioned-table there is no partition, as it has just been made sure of
CREATE INDEX {{names.index | identifier}} ON {{{table.sql}}} {{{definition}}};
{{/indexed_columns}}
