{{> head}}

CREATE FUNCTION {{{object.sql}}}({{#columns}}{{name | identifier}} {{{type}}}{{#default}} DEFAULT {{{default}}}{{/default}}{{^@last}}, {{/@last}}{{/columns}}) RETURNS {{#returns}}{{{returns}}}{{/returns}}{{^returns}}void{{/returns}}
LANGUAGE {{#plpgsql}}plpgsql{{/plpgsql}}{{^plpgsql}}sql{{/plpgsql}} AS {{{quote}}}
{{{body}}}
{{{quote}}};
