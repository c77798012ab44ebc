{{> head}}
-- Of new rows at once; the old ones are read by the next migration.

ALTER TABLE {{{table.sql}}}
{{#required_columns}}
    ADD CONSTRAINT {{names.not_null | identifier}} CHECK ({{name | identifier}} IS NOT NULL) NOT VALID{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/required_columns}}
