-- What is validated can only be made anew.
ALTER TABLE {{{table.sql}}}
{{#required_columns}}
    DROP CONSTRAINT {{names.not_null | identifier}},
    ADD CONSTRAINT {{names.not_null | identifier}} CHECK ({{name | identifier}} IS NOT NULL) NOT VALID{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/required_columns}}
