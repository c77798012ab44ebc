{{> head}}
-- A table of its own first, and then a part: that way everybody goes on with the others.

{{#partition}}
CREATE TABLE {{{sql}}} (LIKE {{{table.sql}}} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED);
ALTER TABLE {{{table.sql}}} ATTACH PARTITION {{{sql}}}
    FOR VALUES FROM ({{from | literal}}) TO ({{to | literal}});
{{/partition}}
