-- The copy that came back gets what the original holds, a batch at a time.
-- skein: repeatable
{{> batch_begin}}
        UPDATE {{{table.sql}}} SET {{old_name | identifier}} = {{new_name | identifier}}
        WHERE {{old_name | identifier}}{{{as_text}}} IS DISTINCT FROM {{new_name | identifier}}{{{as_text}}}
            {{> batch_rows}}
{{> batch_end}}
{{#copied_indexes}}
{{{sql}}};
{{/copied_indexes}}
