ALTER TABLE {{{table.sql}}}
{{#required_columns}}
    DROP CONSTRAINT {{names.not_null | identifier}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/required_columns}}
