{{> head}}
-- New rows get a value by themselves; the old ones by the next migration.

ALTER TABLE {{{table.sql}}}
{{#filled_columns}}
    ALTER COLUMN {{name | identifier}} SET DEFAULT {{{default}}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/filled_columns}}
