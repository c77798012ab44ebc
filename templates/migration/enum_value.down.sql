-- No value of an enum can be taken away, so the type is made anew; a row that holds the value keeps it from that.
{{#enum}}
ALTER TYPE {{{sql}}} RENAME TO {{old | identifier}};
CREATE TYPE {{{sql}}} AS ENUM ({{#labels}}{{. | literal}}{{^@last}}, {{/@last}}{{/labels}});
{{#columns}}
ALTER TABLE {{{table}}}
{{#default}}
    ALTER COLUMN {{name | identifier}} DROP DEFAULT,
{{/default}}
    ALTER COLUMN {{name | identifier}} TYPE {{{sql}}}{{#array}}[]{{/array}} USING {{name | identifier}}::text{{#array}}[]{{/array}}::{{{sql}}}{{#array}}[]{{/array}}{{^default}};{{/default}}{{#default}},{{/default}}
{{#default}}
    ALTER COLUMN {{name | identifier}} SET DEFAULT {{{.}}};
{{/default}}
{{/columns}}
DROP TYPE {{{old_sql}}};
{{/enum}}
