DO $fill$
DECLARE
{{#key}}
    {{{variable}}} {{{table.sql}}}.{{name | identifier}}%TYPE;
{{/key}}
{{^key}}
    next_page bigint := 0;
    pages bigint := (SELECT max(pg_relation_size(part)) / current_setting('block_size')::bigint
                     FROM (SELECT {{table.sql | literal}}::regclass
                           UNION SELECT relid FROM pg_partition_tree({{table.sql | literal}})) AS parts (part));
{{/key}}
BEGIN
{{#has_key}}
    SELECT {{{key_sql}}} INTO {{{key_variables}}} FROM {{{table.sql}}} ORDER BY {{{key_sql}}} LIMIT 1;
    WHILE FOUND LOOP
{{/has_key}}
{{^key}}
    WHILE next_page <= pages LOOP
{{/key}}
