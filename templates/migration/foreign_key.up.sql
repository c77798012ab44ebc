{{> head}}
-- Of new rows at once; the old ones are read by the next migration.

ALTER TABLE {{{table.sql}}}
{{#referring_columns}}
    ADD CONSTRAINT {{names.foreign_key | identifier}} FOREIGN KEY ({{name | identifier}}) REFERENCES {{#references}}{{{sql}}} ({{column | identifier}}){{/references}}{{#on_delete}} ON DELETE {{{on_delete}}}{{/on_delete}} NOT VALID{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/referring_columns}}
