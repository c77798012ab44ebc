{{> head}}

CREATE EXTENSION {{extension | identifier}} WITH SCHEMA {{#object}}{{name | identifier}}{{/object}}{{^object}}public{{/object}};
