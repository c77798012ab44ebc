{{> head}}

INSERT INTO {{{table.sql}}} ({{#columns}}{{name | identifier}}{{^@last}}, {{/@last}}{{/columns}}) VALUES
{{#values}}
    {{{.}}}{{^@last}},{{/@last}}{{#@last}};{{/@last}}
{{/values}}
