-- What is validated can only be made anew.
ALTER TABLE {{{table.sql}}}
{{#later_references}}
    DROP CONSTRAINT {{names.foreign_key | identifier}},
    ADD CONSTRAINT {{names.foreign_key | identifier}} {{{foreign_key}}} NOT VALID{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/later_references}}
