DROP FUNCTION {{{object.sql}}}({{#columns}}{{{type}}}{{^@last}}, {{/@last}}{{/columns}});
