DO $fill$
DECLARE
{{#by_key}}
{{#key}}
    {{{first}}} {{{table.sql}}}.{{name | identifier}}%TYPE;
    {{{last}}} {{{table.sql}}}.{{name | identifier}}%TYPE;
{{/key}}
BEGIN
    SELECT {{{key_sql}}} INTO {{{key_first}}} FROM {{{table.sql}}} ORDER BY {{{key_sql}}} LIMIT 1;
    WHILE FOUND LOOP
        SELECT {{{key_sql}}} INTO {{{key_last}}}
        FROM (SELECT {{{key_sql}}} FROM {{{table.sql}}} WHERE ({{{key_sql}}}) >= ({{{key_first}}})
              ORDER BY {{{key_sql}}} LIMIT 1000) AS batch
        ORDER BY {{{key_descending}}} LIMIT 1;
{{/by_key}}
{{^by_key}}
    next_page bigint := 0;
    all_pages bigint;
    batch_rows bigint;
    pass_rows bigint := 0;
    rows_before bigint;
BEGIN
    -- A row that somebody else writes meanwhile may move to a page that was done: it begins again until it finds none.
    LOOP
        WITH RECURSIVE parts (part) AS (
            SELECT {{table.sql | literal}}::regclass::oid
            UNION SELECT inhrelid FROM pg_inherits JOIN parts ON inhparent = part)
        SELECT max(pg_relation_size(part)) / current_setting('block_size')::bigint INTO all_pages FROM parts;
        IF next_page >= coalesce(all_pages, 0) THEN
            EXIT WHEN pass_rows = 0 OR pass_rows >= rows_before;
            rows_before := pass_rows;
            pass_rows := 0;
            next_page := 0;
        END IF;
{{/by_key}}
