{{> head}}
-- For when no program uses it any more.  What it holds is gone for good; going down brings back the column alone.

-- skein: ignore drop-column that is what this migration is for: nothing uses it any more
ALTER TABLE {{{table.sql}}}
{{#columns}}
    DROP COLUMN {{name | identifier}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/columns}}
