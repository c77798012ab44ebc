{{> head}}
-- Reads the rows while everybody works; fails, and changes nothing, where one of them belongs into the new partition.
-- Such rows are moved away first, and put back when the partition is there.

{{#new_partitions}}
ALTER TABLE {{{default_partition}}} VALIDATE CONSTRAINT {{exclusion | identifier}};
{{/new_partitions}}
