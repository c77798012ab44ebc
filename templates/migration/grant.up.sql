{{> head}}

GRANT {{#privileges}}{{{.}}}{{^@last}}, {{/@last}}{{/privileges}}{{^privileges}}{{#table}}SELECT{{/table}}{{^table}}USAGE{{/table}}{{/privileges}} ON {{#table}}{{{sql}}}{{/table}}{{^table}}SCHEMA {{schema | identifier}}{{/table}} TO {{role | identifier}};
