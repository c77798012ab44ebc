{{> head}}

ALTER TABLE {{{table.sql}}}
{{#unique_columns}}
    ADD CONSTRAINT {{names.unique | identifier}} UNIQUE USING INDEX {{names.unique | identifier}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/unique_columns}}
