ALTER TABLE {{{table.sql}}}
{{#columns}}
    DROP COLUMN {{name | identifier}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/columns}}
