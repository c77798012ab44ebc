{{> head}}
{{^row_security}}
-- From here on every role but the owner sees and writes only those rows of the table that a policy lets it: a role that
-- none is for sees no row at all.  Roles that work with the table and are not meant need policies of their own.
{{/row_security}}

CREATE POLICY {{#object}}{{name | identifier}}{{/object}}{{^object}}{{policy | identifier}}{{/object}} ON {{{table.sql}}}{{#privileges}} FOR {{{.}}}{{/privileges}}{{#role}} TO {{role | identifier}}{{/role}}
    {{#inserts}}WITH CHECK{{/inserts}}{{^inserts}}USING{{/inserts}} ({{{expression}}});
{{^row_security}}
ALTER TABLE {{{table.sql}}} ENABLE ROW LEVEL SECURITY;
{{/row_security}}
