-- What is validated can only be made anew.
{{#later_references}}
{{#refers_to_several}}
BEGIN;
SET LOCAL statement_timeout = '30s';
{{/refers_to_several}}
ALTER TABLE {{{table.sql}}}
    DROP CONSTRAINT {{names.foreign_key | identifier}},
    ADD CONSTRAINT {{names.foreign_key | identifier}} {{{foreign_key}}} NOT VALID;
{{#refers_to_several}}
COMMIT;
{{/refers_to_several}}
{{/later_references}}
