-- What is validated can only be made anew.
ALTER TABLE {{{table.sql}}}
    DROP CONSTRAINT {{constraint | identifier}},
    ADD CONSTRAINT {{constraint | identifier}} CHECK ({{{expression}}}) NOT VALID;
