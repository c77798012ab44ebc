{{> head}}
-- For when no program uses the old name any more.  The column of the new name was a copy: it goes, and the original,
-- with its indexes and constraints, takes its name in the same moment.

DROP TRIGGER {{sync | identifier}} ON {{{table.sql}}};
DROP FUNCTION {{table.schema | identifier}}.{{sync | identifier}}();
-- skein: ignore drop-column it holds what the renamed column holds, which takes its name in this transaction
ALTER TABLE {{{table.sql}}} DROP COLUMN {{new_name | identifier}};
-- skein: ignore rename-column both names have been there since the migration before, and this goes after the old one is unused
ALTER TABLE {{{table.sql}}} RENAME COLUMN {{old_name | identifier}} TO {{new_name | identifier}};
