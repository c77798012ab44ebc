-- What is validated can only be made anew.
ALTER TABLE {{{default_partition}}}
{{#new_partitions}}
    DROP CONSTRAINT {{exclusion | identifier}},
    ADD CONSTRAINT {{exclusion | identifier}} CHECK ({{{excluded}}}) NOT VALID{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/new_partitions}}
