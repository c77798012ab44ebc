{{> head}}

CREATE VIEW {{{object.sql}}} AS
{{#body}}
{{{body}}};
{{/body}}
{{^body}}
SELECT {{#has_columns}}{{#columns}}{{name | identifier}}{{^@last}}, {{/@last}}{{/columns}}{{/has_columns}}{{^has_columns}}{{#existing}}{{#columns}}{{name | identifier}}{{^@last}}, {{/@last}}{{/columns}}{{/existing}}{{/has_columns}}
FROM {{{table.sql}}}{{^expression}};{{/expression}}
{{#expression}}
WHERE {{{expression}}};
{{/expression}}
{{/body}}
