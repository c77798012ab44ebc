ALTER TABLE {{{table.sql}}} RENAME COLUMN {{new_name | identifier}} TO {{spare | identifier}};
ALTER TABLE {{{table.sql}}} RENAME COLUMN {{old_name | identifier}} TO {{new_name | identifier}};
ALTER TABLE {{{table.sql}}} RENAME COLUMN {{spare | identifier}} TO {{old_name | identifier}};

CREATE OR REPLACE FUNCTION {{table.schema | identifier}}.{{sync | identifier}}() RETURNS trigger
{{#before_swap}}
{{> sync_body}}
{{/before_swap}}
