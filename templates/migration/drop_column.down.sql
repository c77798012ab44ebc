{{#columns}}
{{#old}}
{{#sequence}}
CREATE SEQUENCE {{{name}}}{{#type}} AS {{{type}}}{{/type}};
{{#options}}
ALTER SEQUENCE {{{name}}} {{{.}}};
{{/options}}
{{/sequence}}
{{/old}}
{{/columns}}
ALTER TABLE {{{table.sql}}}
{{#columns}}
    ADD COLUMN {{name | identifier}} {{#old}}{{#serial}}{{{serial}}}{{/serial}}{{^serial}}{{{type}}}{{/serial}}{{#collation}} COLLATE {{collation | identifier}}{{/collation}}{{^serial}}{{^required}}{{#not_null}} NOT NULL{{/not_null}}{{/required}}{{/serial}}{{#computed}} GENERATED ALWAYS AS ({{{computed}}}) STORED{{/computed}}{{^computed}}{{#identity}} GENERATED {{{identity}}} AS IDENTITY{{/identity}}{{#default}} DEFAULT {{{default}}}{{/default}}{{/computed}}{{/old}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/columns}}
{{#dropped_constraints}}
ALTER TABLE {{{table.sql}}} ADD CONSTRAINT {{name | identifier}} {{{sql}}};
{{/dropped_constraints}}
{{#dropped_indexes}}
{{{sql}}};
{{/dropped_indexes}}
{{#columns}}
{{#old}}
{{#sequence}}
ALTER SEQUENCE {{{name}}} OWNED BY {{{table.sql}}}.{{column | identifier}};
{{/sequence}}
{{#said}}
{{{.}}};
{{/said}}
{{/old}}
{{/columns}}
