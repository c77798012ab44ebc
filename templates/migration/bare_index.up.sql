{{> head}}

{{> no_partitions}}

-- skein: ignore index-on-partitioned-table there is no partition, as it has just been made sure of
CREATE {{#unique}}UNIQUE {{/unique}}INDEX {{index | identifier}} ON {{{table.sql}}} {{{definition}}};
