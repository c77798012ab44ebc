-- skein: no-transaction
-- The index goes with the constraint, and comes again as it was before that.
{{#unique_columns}}
ALTER TABLE {{{table.sql}}} DROP CONSTRAINT IF EXISTS {{names.unique | identifier}};
CREATE UNIQUE INDEX CONCURRENTLY {{names.unique | identifier}} ON {{{table.sql}}} ({{name | identifier}});
{{/unique_columns}}
