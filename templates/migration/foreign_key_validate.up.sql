{{> head}}
-- Reads the rows while everybody works; fails, and changes nothing, where one of them refers to nothing.

{{#referring_columns}}
ALTER TABLE {{{table.sql}}} VALIDATE CONSTRAINT {{names.foreign_key | identifier}};
{{/referring_columns}}
