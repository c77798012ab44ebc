ALTER TABLE {{{table.sql}}} RENAME COLUMN {{new_name | identifier}} TO {{old_name | identifier}};
ALTER TABLE {{{table.sql}}} ADD COLUMN {{new_name | identifier}} {{#old}}{{{type}}}{{/old}};
UPDATE {{{table.sql}}} SET {{new_name | identifier}} = {{old_name | identifier}} WHERE {{old_name | identifier}} IS NOT NULL;

{{> sync}}
