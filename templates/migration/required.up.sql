{{> head}}
-- The constraint proves it, so that no row is read; then it has done its work.

ALTER TABLE {{{table.sql}}}
{{#required_columns}}
    ALTER COLUMN {{name | identifier}} SET NOT NULL{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/required_columns}}
ALTER TABLE {{{table.sql}}}
{{#required_columns}}
    DROP CONSTRAINT {{names.not_null | identifier}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/required_columns}}
