{{> head}}

CREATE POLICY {{#object}}{{name | identifier}}{{/object}}{{^object}}{{policy | identifier}}{{/object}} ON {{{table.sql}}}{{#privileges}} FOR {{{.}}}{{/privileges}}{{#role}} TO {{role | identifier}}{{/role}}
    {{#inserts}}WITH CHECK{{/inserts}}{{^inserts}}USING{{/inserts}} ({{{expression}}});
{{^row_security}}
ALTER TABLE {{{table.sql}}} ENABLE ROW LEVEL SECURITY;
{{/row_security}}
