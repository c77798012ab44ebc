{{> head}}
{{#refers_by_partition}}
-- Takes over the foreign keys of the partitions, and reads no row of them.  A partition that no migration makes is read
-- while its writers wait: give it the same foreign key, validated, before this.
{{/refers_by_partition}}
{{^refers_by_partition}}

{{> no_partitions}}

-- skein: ignore add-foreign-key-to-partitioned there is no partition, as it has just been made sure of
{{/refers_by_partition}}
{{#refers_by_partition}}

{{/refers_by_partition}}
ALTER TABLE {{{table.sql}}}
{{#referring_columns}}
    ADD CONSTRAINT {{names.foreign_key | identifier}} {{{foreign_key}}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/referring_columns}}
