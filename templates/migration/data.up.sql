{{> head}}
-- A batch at a time, each with its COMMIT, so that nobody waits long.  When it is interrupted, it is run again.
{{#columns}}

{{> batch_begin}}
        UPDATE {{{table.sql}}} SET {{name | identifier}} = {{#default}}({{{default}}}){{/default}}{{^default}}DEFAULT{{/default}}
        WHERE {{#expression}}({{{expression}}}){{/expression}}{{^expression}}{{name | identifier}} IS NULL{{/expression}}
            {{> batch_rows}}
{{> batch_end}}
{{/columns}}
