{{#partition}}
DROP TABLE {{{sql}}};
{{/partition}}
