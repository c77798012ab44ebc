-- What is in the schema $1 (NULL: the current one) and is not part of something else there: neither of an
-- extension nor of a table (as the sequence of a serial column is).  Type and identity are those of DROP.
WITH here AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = coalesce($1, current_schema())),
objects AS (
    SELECT 'pg_class'::regclass AS classid, oid FROM pg_catalog.pg_class
    WHERE relnamespace = (SELECT oid FROM here) AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    UNION ALL
    SELECT 'pg_proc'::regclass, oid FROM pg_catalog.pg_proc WHERE pronamespace = (SELECT oid FROM here)
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    WHERE t.typnamespace = (SELECT oid FROM here) AND (t.typtype IN ('b', 'd', 'e', 'r') OR c.relkind = 'c')
    UNION ALL
    SELECT 'pg_collation'::regclass, oid FROM pg_catalog.pg_collation WHERE collnamespace = (SELECT oid FROM here)
    UNION ALL
    SELECT 'pg_operator'::regclass, oid FROM pg_catalog.pg_operator WHERE oprnamespace = (SELECT oid FROM here)
    UNION ALL
    SELECT 'pg_conversion'::regclass, oid FROM pg_catalog.pg_conversion WHERE connamespace = (SELECT oid FROM here)
    UNION ALL
    SELECT 'pg_opfamily'::regclass, oid FROM pg_catalog.pg_opfamily WHERE opfnamespace = (SELECT oid FROM here)
    UNION ALL
    SELECT 'pg_ts_config'::regclass, oid FROM pg_catalog.pg_ts_config WHERE cfgnamespace = (SELECT oid FROM here)
    UNION ALL
    SELECT 'pg_ts_dict'::regclass, oid FROM pg_catalog.pg_ts_dict WHERE dictnamespace = (SELECT oid FROM here)
)
SELECT i.type, i.identity
FROM objects o, LATERAL pg_catalog.pg_identify_object(o.classid, o.oid, 0) i
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = o.classid AND d.objid = o.oid AND d.objsubid = 0 AND d.deptype IN ('e', 'i', 'a'))
ORDER BY CASE i.type WHEN 'view' THEN 0 WHEN 'materialized view' THEN 1 WHEN 'table' THEN 2 ELSE 3 END, i.identity
