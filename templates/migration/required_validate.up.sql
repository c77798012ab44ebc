{{> head}}
-- Reads the rows while everybody works; fails, and changes nothing, where one of them has no value.

{{#required_columns}}
ALTER TABLE {{{table.sql}}} VALIDATE CONSTRAINT {{names.not_null | identifier}};
{{/required_columns}}
