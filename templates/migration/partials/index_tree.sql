{{#tree}}
-- Of a partitioned table no index is built concurrently: each partition gets its own, and then they become one.
{{#parts}}

CREATE {{#unique}}UNIQUE {{/unique}}INDEX CONCURRENTLY {{index | identifier}} ON {{{sql}}} {{{definition}}};
{{/parts}}

BEGIN;
SET LOCAL statement_timeout = '30s';
{{#wholes}}
CREATE {{#unique}}UNIQUE {{/unique}}INDEX {{index | identifier}} ON ONLY {{{sql}}} {{{definition}}};
{{/wholes}}
{{#attached}}
ALTER INDEX {{{whole}}} ATTACH PARTITION {{{part}}};
{{/attached}}

-- Partitions that no migration makes need theirs, too: then the index of the table becomes valid.
DO $$
DECLARE
    missing text := (SELECT string_agg(relid::text, ', ') FROM pg_partition_tree({{table.sql | literal}}) WHERE isleaf
                     AND relid NOT IN (SELECT indrelid FROM pg_index
                                       WHERE indexrelid IN (SELECT relid FROM pg_partition_tree({{top | literal}}))));
BEGIN
    IF missing IS NOT NULL THEN
        RAISE WARNING 'the index % lacks the partitions %', {{top | literal}}, missing
            USING HINT = 'CREATE INDEX CONCURRENTLY on each of them, and ALTER INDEX … ATTACH PARTITION.';
    END IF;
END
$$;
COMMIT;
{{/tree}}
