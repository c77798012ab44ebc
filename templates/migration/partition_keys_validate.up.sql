{{> head}}
-- Reads the rows while everybody works; fails, and changes nothing, where one of them refers to nothing.

{{#referring_columns}}
{{#partitions}}
ALTER TABLE {{{sql}}} VALIDATE CONSTRAINT {{names.foreign_key | identifier}};
{{/partitions}}
{{/referring_columns}}
