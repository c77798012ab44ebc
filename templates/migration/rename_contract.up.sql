{{> head}}
-- For when no program uses the old name any more: the copy that has it goes.

DROP TRIGGER {{sync | identifier}} ON {{{table.sql}}};
DROP FUNCTION {{table.schema | identifier}}.{{sync | identifier}}();
-- skein: ignore drop-column it is a copy of the column that has the new name, as the migration before has made sure
ALTER TABLE {{{table.sql}}} DROP COLUMN {{old_name | identifier}};
{{#carried_indexes}}
ALTER INDEX {{{index_sql}}} RENAME TO {{name | identifier}};
{{/carried_indexes}}
