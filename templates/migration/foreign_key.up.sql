{{> head}}
-- Of new rows at once; the old ones are read by the next migration.

ALTER TABLE {{{table.sql}}}
{{#referring_columns}}
    ADD CONSTRAINT {{names.foreign_key | identifier}} {{{foreign_key}}} NOT VALID{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/referring_columns}}
