ALTER TABLE {{{table.sql}}}
{{#columns}}
    ADD COLUMN {{name | identifier}} {{{type}}}{{#old}}{{^required}}{{#not_null}} NOT NULL{{/not_null}}{{/required}}{{#default}} DEFAULT {{{default}}}{{/default}}{{/old}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/columns}}
{{#dropped_constraints}}
ALTER TABLE {{{table.sql}}} ADD CONSTRAINT {{name | identifier}} {{{sql}}};
{{/dropped_constraints}}
{{#dropped_indexes}}
{{{sql}}};
{{/dropped_indexes}}
