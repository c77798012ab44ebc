{{> head}}
-- Programs may use both names: the trigger writes what comes under one name under the other, too.  When none uses
-- {{old_name | comment}} any more, the same type of migration is generated again, and takes it away.

ALTER TABLE {{{table.sql}}} ADD COLUMN {{new_name | identifier}} {{#old}}{{{type}}}{{/old}};

{{> sync}}
