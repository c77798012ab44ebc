{{> head}}
-- Programs that no longer know the column can add rows from now on.

ALTER TABLE {{{table.sql}}}
{{#dropped_required}}
    -- skein: ignore drop-not-null nothing reads the column any more: the next migration drops it
    ALTER COLUMN {{name | identifier}} DROP NOT NULL{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/dropped_required}}
