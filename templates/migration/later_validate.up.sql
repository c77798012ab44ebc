{{> head}}
-- Reads the rows while everybody works; fails, and changes nothing, where one of them refers to nothing.

{{#later_references}}
ALTER TABLE {{{table.sql}}} VALIDATE CONSTRAINT {{names.foreign_key | identifier}};
{{/later_references}}
