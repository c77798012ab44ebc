{{> head}}
-- The DEFAULT partition takes no row of the new one any more, so that it need not be read when that is attached: until
-- then such rows are refused.

ALTER TABLE {{{default_partition}}}
{{#new_partitions}}
    ADD CONSTRAINT {{exclusion | identifier}} CHECK ({{{excluded}}}) NOT VALID{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/new_partitions}}
