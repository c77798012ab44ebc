{{> head}}

{{> index_tree}}
{{^tree}}
CREATE {{#unique}}UNIQUE {{/unique}}INDEX CONCURRENTLY {{index | identifier}}
    ON {{{table.sql}}} {{{definition}}};
{{/tree}}
