{{> head}}
-- No foreign key of a partitioned table is NOT VALID: each partition gets its own, which the table takes over at last.
-- Of new rows at once; the old ones are read by the next migration.

{{#referring_columns}}
{{#partitions}}
ALTER TABLE {{{sql}}}
    ADD CONSTRAINT {{names.foreign_key | identifier}} {{{foreign_key}}} NOT VALID;
{{/partitions}}
{{/referring_columns}}
