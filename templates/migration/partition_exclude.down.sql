ALTER TABLE {{{default_partition}}}
{{#new_partitions}}
    DROP CONSTRAINT {{exclusion | identifier}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/new_partitions}}
