{{> head}}
{{#repeatable}}
-- A batch at a time, each with its COMMIT, so that nobody waits long.  When it is interrupted, it is run again.
{{/repeatable}}
{{^repeatable}}
-- A batch at a time, each with its COMMIT, so that nobody waits long.  When it is interrupted, some rows are done, and
-- nothing tells which: running it again gives them the same values, also where somebody has changed them since.  So it
-- is not run again by itself: `skein resolve` says how it goes on.
{{/repeatable}}
{{#expression}}

{{#repeatable}}
-- skein: repeatable
{{/repeatable}}
{{> batch_begin}}
        UPDATE {{{table.sql}}} SET {{> new_values}}        WHERE ({{{expression}}})
            {{> batch_rows}}
{{> batch_end}}
{{/expression}}
{{^expression}}
{{#columns}}

-- skein: repeatable
{{> batch_begin}}
        UPDATE {{{table.sql}}} SET {{name | identifier}} = {{#default}}({{{default}}}){{/default}}{{^default}}DEFAULT{{/default}}
        WHERE {{name | identifier}} IS NULL
            {{> batch_rows}}
{{> batch_end}}
{{/columns}}
{{/expression}}
