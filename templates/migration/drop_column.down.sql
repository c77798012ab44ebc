ALTER TABLE {{{table.sql}}}
{{#columns}}
    ADD COLUMN {{name | identifier}} {{{type}}}{{#old}}{{#collation}} COLLATE {{collation | identifier}}{{/collation}}{{^required}}{{#not_null}} NOT NULL{{/not_null}}{{/required}}{{#computed}} GENERATED ALWAYS AS ({{{computed}}}) STORED{{/computed}}{{^computed}}{{#identity}} GENERATED {{{identity}}} AS IDENTITY{{/identity}}{{#default}} DEFAULT {{{default}}}{{/default}}{{/computed}}{{/old}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/columns}}
{{#dropped_constraints}}
ALTER TABLE {{{table.sql}}} ADD CONSTRAINT {{name | identifier}} {{{sql}}};
{{/dropped_constraints}}
{{#dropped_indexes}}
{{{sql}}};
{{/dropped_indexes}}
{{#columns}}
{{#old}}
{{#said}}
{{{.}}};
{{/said}}
{{/old}}
{{/columns}}
