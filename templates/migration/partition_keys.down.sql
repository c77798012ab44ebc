{{#referring_columns}}
{{#partitions}}
ALTER TABLE {{{sql}}} DROP CONSTRAINT {{names.foreign_key | identifier}};
{{/partitions}}
{{/referring_columns}}
