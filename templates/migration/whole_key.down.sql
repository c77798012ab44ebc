{{#refers_by_partition}}
-- skein: no-transaction
-- The foreign keys of the partitions go with that of the table, and come again as they were before that.
{{#referring_columns}}
ALTER TABLE {{{table.sql}}} DROP CONSTRAINT IF EXISTS {{names.foreign_key | identifier}};
{{#partitions}}
ALTER TABLE {{{sql}}} DROP CONSTRAINT IF EXISTS {{names.foreign_key | identifier}};
ALTER TABLE {{{sql}}} ADD CONSTRAINT {{names.foreign_key | identifier}} {{{foreign_key}}} NOT VALID;
ALTER TABLE {{{sql}}} VALIDATE CONSTRAINT {{names.foreign_key | identifier}};
{{/partitions}}
{{/referring_columns}}
{{/refers_by_partition}}
{{^refers_by_partition}}
ALTER TABLE {{{table.sql}}}
{{#referring_columns}}
    DROP CONSTRAINT {{names.foreign_key | identifier}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/referring_columns}}
{{/refers_by_partition}}
