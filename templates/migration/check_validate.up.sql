{{> head}}
-- Reads the rows while everybody works; fails, and changes nothing, where it does not hold for one of them.

ALTER TABLE {{{table.sql}}} VALIDATE CONSTRAINT {{constraint | identifier}};
