-- Rows that are there by now may have no value: then the column stays nullable, and going down goes on.  The warning says
-- what to do.

DO $required$
BEGIN
{{#dropped_required}}
    IF EXISTS (SELECT FROM {{{table.sql}}} WHERE {{name | identifier}} IS NULL) THEN
        RAISE WARNING USING MESSAGE = {{not_filled | literal}},
            HINT = {{fill_first | literal}};
    ELSE
        ALTER TABLE {{{table.sql}}} ALTER COLUMN {{name | identifier}} SET NOT NULL;
    END IF;
{{/dropped_required}}
END
$required$;
