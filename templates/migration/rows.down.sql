{{#row_key}}
DELETE FROM {{{table.sql}}} WHERE ({{{row_key}}}) IN (
{{#added_rows}}
    {{{.}}}{{^@last}},{{/@last}}{{#@last}});{{/@last}}
{{/added_rows}}
{{/row_key}}
{{^row_key}}
-- One row for each that was added{{#newest}}, the newest where several look the same{{/newest}}.
{{#added_rows}}
DELETE FROM {{{table.sql}}} WHERE (tableoid, ctid) IN (
    SELECT tableoid, ctid FROM {{{table.sql}}} WHERE {{{.}}}{{#newest}} ORDER BY {{{newest}}}{{/newest}} LIMIT 1);
{{/added_rows}}
{{/row_key}}
