ALTER TABLE {{{table.sql}}}
{{#dropped_required}}
    ALTER COLUMN {{name | identifier}} SET NOT NULL{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/dropped_required}}
