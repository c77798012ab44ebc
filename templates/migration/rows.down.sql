DELETE FROM {{{table.sql}}} WHERE ({{#columns}}{{name | identifier}}{{^@last}}, {{/@last}}{{/columns}}) IN (
{{#values}}
    {{{.}}}{{^@last}},{{/@last}}{{#@last}});{{/@last}}
{{/values}}
