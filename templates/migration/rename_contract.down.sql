{{#carried_indexes}}
ALTER INDEX {{{final_sql}}} RENAME TO {{carried | identifier}};
{{/carried_indexes}}
-- Empty, until the migration before goes down, too; from here on both are written.
ALTER TABLE {{{table.sql}}} ADD COLUMN {{old_name | identifier}} {{#old}}{{{copy_type}}}{{#collation}} COLLATE {{collation | identifier}}{{/collation}}{{/old}};

CREATE FUNCTION {{table.schema | identifier}}.{{sync | identifier}}() RETURNS trigger
{{#after_swap}}
{{> sync_body}}
{{/after_swap}}
{{> sync_trigger}}
