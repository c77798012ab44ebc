{{#excludes}}
-- skein: no-transaction
-- The constraints as they were, validated while everybody works.
{{#new_partitions}}
ALTER TABLE {{{default_partition}}} DROP CONSTRAINT IF EXISTS {{exclusion | identifier}};
ALTER TABLE {{{default_partition}}} ADD CONSTRAINT {{exclusion | identifier}} CHECK ({{{excluded}}}) NOT VALID;
ALTER TABLE {{{default_partition}}} VALIDATE CONSTRAINT {{exclusion | identifier}};
DROP TABLE IF EXISTS {{{sql}}};
{{/new_partitions}}
{{/excludes}}
{{^excludes}}
{{#new_partitions}}
DROP TABLE {{{sql}}};
{{/new_partitions}}
{{/excludes}}
