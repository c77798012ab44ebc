{{#columns}}{{name | identifier}} = {{#default}}({{{default}}}){{/default}}{{^default}}DEFAULT{{/default}}{{^@last}}, {{/@last}}{{/columns}}
