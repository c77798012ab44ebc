-- No migration makes a partition.  One that is there all the same would keep its writers waiting.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_inherits WHERE inhparent = {{table.sql | literal}}::regclass) THEN
        RAISE EXCEPTION '% has partitions that no migration makes', {{table.sql | literal}}
            USING HINT = 'docs/migration-types.md of skein says under "Partitioned tables" how to go on by hand.';
    END IF;
END
$$;
