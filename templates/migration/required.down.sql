-- skein: no-transaction
-- The constraint as it was, validated while everybody works.
{{#required_columns}}
ALTER TABLE {{{table.sql}}} DROP CONSTRAINT IF EXISTS {{names.not_null | identifier}};
ALTER TABLE {{{table.sql}}} ADD CONSTRAINT {{names.not_null | identifier}} CHECK ({{name | identifier}} IS NOT NULL) NOT VALID;
ALTER TABLE {{{table.sql}}} VALIDATE CONSTRAINT {{names.not_null | identifier}};
ALTER TABLE {{{table.sql}}} ALTER COLUMN {{name | identifier}} DROP NOT NULL;
{{/required_columns}}
