{{> head}}
-- Rows that are there get what new ones get by themselves: a batch at a time, each with its COMMIT, so that nobody
-- waits long.  When it is interrupted, it is run again.
{{#filled_columns}}

-- skein: repeatable
{{> batch_begin}}
        UPDATE {{{table.sql}}} SET {{name | identifier}} = DEFAULT
        WHERE {{name | identifier}} IS NULL
            {{> batch_rows}}
{{> batch_end}}
{{/filled_columns}}
