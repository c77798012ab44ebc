ALTER TABLE {{{table.sql}}}
{{#referring_columns}}
    DROP CONSTRAINT {{names.foreign_key | identifier}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/referring_columns}}
