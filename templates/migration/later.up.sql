{{> head}}
-- Of new rows at once; the old ones are read by the next migration.
{{#refers_to_several}}
-- Each has a transaction of its own, so that no two of the other tables are locked together.
{{/refers_to_several}}

{{#later_references}}
{{#refers_to_several}}
BEGIN;
SET LOCAL statement_timeout = '30s';
{{/refers_to_several}}
ALTER TABLE {{{table.sql}}}
    ADD CONSTRAINT {{names.foreign_key | identifier}} {{{foreign_key}}} NOT VALID;
{{#refers_to_several}}
COMMIT;
{{/refers_to_several}}
{{/later_references}}
