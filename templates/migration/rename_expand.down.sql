DROP TRIGGER {{sync | identifier}} ON {{{table.sql}}};
DROP FUNCTION {{table.schema | identifier}}.{{sync | identifier}}();
ALTER TABLE {{{table.sql}}} DROP COLUMN {{new_name | identifier}};
