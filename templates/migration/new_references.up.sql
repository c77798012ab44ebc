{{> head}}
-- Each has a transaction of its own, so that no two of the other tables are locked together.

{{#later_references}}
BEGIN;
SET LOCAL statement_timeout = '30s';
ALTER TABLE {{{table.sql}}}
    ADD CONSTRAINT {{names.foreign_key | identifier}} {{{foreign_key}}} NOT VALID;
COMMIT;
ALTER TABLE {{{table.sql}}} VALIDATE CONSTRAINT {{names.foreign_key | identifier}};
{{/later_references}}
