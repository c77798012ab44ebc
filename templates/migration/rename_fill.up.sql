{{> head}}
-- The rows that were there before the trigger, a batch at a time, each with its COMMIT, so that nobody waits long.
-- When it is interrupted, it is run again.

-- skein: repeatable
{{> batch_begin}}
        UPDATE {{{table.sql}}} SET {{new_name | identifier}} = {{old_name | identifier}}
        WHERE {{new_name | identifier}}{{{as_text}}} IS DISTINCT FROM {{old_name | identifier}}{{{as_text}}}
            {{> batch_rows}}
{{> batch_end}}
