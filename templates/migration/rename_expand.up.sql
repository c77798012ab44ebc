{{> head}}
-- Programs may use both names: the trigger writes what comes under one name under the other, too.  When none uses
-- {{old_name | comment}} any more, the same type of migration is generated again, and takes it away.

ALTER TABLE {{{table.sql}}} ADD COLUMN {{new_name | identifier}} {{#old}}{{{copy_type}}}{{#collation}} COLLATE {{collation | identifier}}{{/collation}}{{/old}};

CREATE FUNCTION {{table.schema | identifier}}.{{sync | identifier}}() RETURNS trigger
{{#before_swap}}
{{> sync_body}}
{{/before_swap}}
{{> sync_trigger}}
