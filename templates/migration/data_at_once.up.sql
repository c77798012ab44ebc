{{> head}}
{{#steady}}
-- Not in batches: without a primary key a row that moves meanwhile would be left out, or written twice.  It is one
-- transaction, and whoever wants to write one of the rows waits for its end.
{{/steady}}
{{^steady}}
-- Not in batches: what a row gets depends on what it has, or differs from time to time, so that none may be written a
-- second time.  It is one transaction, and whoever wants to write one of the rows waits for its end.
{{/steady}}

UPDATE {{{table.sql}}} SET {{> new_values}}WHERE ({{{expression}}});
