{{> head}}
-- The two columns change names, which takes a moment: the original, with its indexes and constraints, has the new one from
-- here on, and the copy the old one.  Programs may go on using both.

-- skein: ignore rename-column both names are there before and after this transaction, and nobody sees it half done
ALTER TABLE {{{table.sql}}} RENAME COLUMN {{old_name | identifier}} TO {{spare | identifier}};
-- skein: ignore rename-column both names are there before and after this transaction, and nobody sees it half done
ALTER TABLE {{{table.sql}}} RENAME COLUMN {{new_name | identifier}} TO {{old_name | identifier}};
-- skein: ignore rename-column both names are there before and after this transaction, and nobody sees it half done
ALTER TABLE {{{table.sql}}} RENAME COLUMN {{spare | identifier}} TO {{new_name | identifier}};

CREATE OR REPLACE FUNCTION {{table.schema | identifier}}.{{sync | identifier}}() RETURNS trigger
{{#after_swap}}
{{> sync_body}}
{{/after_swap}}
