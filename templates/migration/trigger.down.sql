DROP TRIGGER {{#object}}{{name | identifier}}{{/object}}{{^object}}{{touch | identifier}}{{/object}} ON {{{table.sql}}};
DROP FUNCTION {{table.schema | identifier}}.{{#object}}{{name | identifier}}{{/object}}{{^object}}{{touch | identifier}}{{/object}}();
