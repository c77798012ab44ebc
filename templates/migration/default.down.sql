ALTER TABLE {{{table.sql}}}
{{#filled_columns}}
    ALTER COLUMN {{name | identifier}} {{#old}}{{#default}}SET DEFAULT {{{default}}}{{/default}}{{^default}}DROP DEFAULT{{/default}}{{/old}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/filled_columns}}
