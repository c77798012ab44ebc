{{#carried_indexes}}
DROP INDEX CONCURRENTLY {{{index_sql}}};
{{/carried_indexes}}
