{{> head}}
-- A table of its own first, and then a part: that way everybody goes on with the others.

{{#new_partitions}}
CREATE TABLE {{{sql}}} (LIKE {{{table.sql}}} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE){{#partition_by}} PARTITION BY {{{partition_by}}}{{/partition_by}};
ALTER TABLE {{{table.sql}}} ATTACH PARTITION {{{sql}}}
    {{{bound}}};
{{/new_partitions}}
{{#excludes}}
-- The partition says it now.
ALTER TABLE {{{default_partition}}}
{{#new_partitions}}
    DROP CONSTRAINT {{exclusion | identifier}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/new_partitions}}
{{/excludes}}
