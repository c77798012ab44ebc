-- What is validated can only be made anew.
{{#referring_columns}}
{{#partitions}}
ALTER TABLE {{{sql}}}
    DROP CONSTRAINT {{names.foreign_key | identifier}},
    ADD CONSTRAINT {{names.foreign_key | identifier}} {{{foreign_key}}} NOT VALID;
{{/partitions}}
{{/referring_columns}}
