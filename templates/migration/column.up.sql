{{> head}}

ALTER TABLE {{{table.sql}}}
{{#columns}}
{{#fill}}
    -- The default comes after the column: in one with it, every row would be written anew.
    ADD COLUMN {{name | identifier}} {{{type}}},
    ALTER COLUMN {{name | identifier}} SET DEFAULT {{{default}}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/fill}}
{{^fill}}
    ADD COLUMN {{name | identifier}} {{{type}}}{{#not_null}} NOT NULL{{/not_null}}{{#default}} DEFAULT {{{default}}}{{/default}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/fill}}
{{/columns}}
