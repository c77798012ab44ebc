{{#tree}}
DROP INDEX IF EXISTS {{{top}}};
{{#parts}}
DROP INDEX CONCURRENTLY IF EXISTS {{{index_sql}}};
{{/parts}}
{{/tree}}
