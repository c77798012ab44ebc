ALTER TABLE {{{table.sql}}}
{{#later_references}}
    DROP CONSTRAINT {{names.foreign_key | identifier}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/later_references}}
