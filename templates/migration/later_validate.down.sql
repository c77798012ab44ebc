-- What is validated can only be made anew.
ALTER TABLE {{{table.sql}}}
{{#later_references}}
    DROP CONSTRAINT {{names.foreign_key | identifier}},
    ADD CONSTRAINT {{names.foreign_key | identifier}} FOREIGN KEY ({{name | identifier}}) REFERENCES {{#references}}{{{sql}}} ({{column | identifier}}){{/references}}{{#on_delete}} ON DELETE {{{on_delete}}}{{/on_delete}} NOT VALID{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/later_references}}
