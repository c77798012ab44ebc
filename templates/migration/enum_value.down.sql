{{#enum}}
{{#blockers}}
-- No value of an enum can be taken away but by making the type anew, and this cannot follow: {{blockers | comment}}
DO $$
BEGIN
    RAISE EXCEPTION 'the values of % cannot be taken away: % would have to follow', {{sql | literal}},
        {{blockers | literal}}
        USING HINT = 'Drop what depends on it, make the type anew without the value, alter its columns, and make the others again.';
END
$$;
{{/blockers}}
{{^blockers}}
-- No value of an enum can be taken away, so the type is made anew, and what depends on it follows.
DO $$
BEGIN
{{#columns}}
    IF EXISTS (SELECT FROM {{{table}}} WHERE {{#array}}{{name | identifier}}::text[] && ARRAY[{{#values}}{{. | literal}}{{^@last}}, {{/@last}}{{/values}}]{{/array}}{{^array}}{{name | identifier}}::text IN ({{#values}}{{. | literal}}{{^@last}}, {{/@last}}{{/values}}){{/array}}) THEN
        RAISE EXCEPTION 'rows of % hold a new value in column %', {{table | literal}}, {{name | literal}}
            USING HINT = 'Give them another value first.';
    END IF;
{{/columns}}
END
$$;
{{#dropped_views}}
DROP VIEW {{{.}}};
{{/dropped_views}}
{{#indexes}}
DROP INDEX {{{name}}};
{{/indexes}}
{{#checks}}
ALTER TABLE {{{table}}} DROP CONSTRAINT {{name | identifier}};
{{/checks}}
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
{{#checks}}
ALTER TABLE {{{table}}} ADD CONSTRAINT {{name | identifier}} {{{sql}}};
{{/checks}}
{{#indexes}}
{{{sql}}};
{{/indexes}}
{{#views}}
{{#statements}}
{{{.}}};
{{/statements}}
{{/views}}
{{/blockers}}
{{/enum}}
