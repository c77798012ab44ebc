{{^row_security}}
ALTER TABLE {{{table.sql}}} DISABLE ROW LEVEL SECURITY;
{{/row_security}}
DROP POLICY {{#object}}{{name | identifier}}{{/object}}{{^object}}{{policy | identifier}}{{/object}} ON {{{table.sql}}};
