{{> head}}
-- Of new rows at once; the old ones are read by the next migration.

ALTER TABLE {{{table.sql}}}
    ADD CONSTRAINT {{constraint | identifier}} CHECK ({{{expression}}}) NOT VALID;
