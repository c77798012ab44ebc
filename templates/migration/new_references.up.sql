{{> head}}
-- Each has a transaction of its own, so that no two of the other tables are locked together.

{{#later_references}}
BEGIN;
SET LOCAL statement_timeout = '30s';
{{#partition_by}}
-- skein: ignore add-foreign-key-to-partitioned the table is new, and has no rows to check
{{/partition_by}}
ALTER TABLE {{{table.sql}}}
    ADD CONSTRAINT {{names.foreign_key | identifier}} {{{foreign_key}}}{{^partition_by}} NOT VALID{{/partition_by}};
COMMIT;
{{^partition_by}}
ALTER TABLE {{{table.sql}}} VALIDATE CONSTRAINT {{names.foreign_key | identifier}};
{{/partition_by}}
{{/later_references}}
