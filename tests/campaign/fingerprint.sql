-- The schema of a database as sorted lines, faster than pg_dump and stricter: one line per relation, column, constraint,
-- index, trigger, view, function, type, sequence, extension, comment, privilege and policy.  Column order counts, dropped
-- columns do not.  What PostgreSQL, an extension or skein made is left out.
WITH mine AS (
    SELECT n.oid, n.nspname FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
), made AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), rel AS (
    SELECT c.*, format('%I.%I', n.nspname, c.relname) AS name, c.relowner::regrole::text AS owner
    FROM pg_class c JOIN mine n ON n.oid = c.relnamespace
    LEFT JOIN pg_index i ON i.indexrelid = c.oid
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i') AND c.relkind = 'S'
    LEFT JOIN pg_class t ON t.oid = coalesce(i.indrelid, d.refobjid, c.oid)
    WHERE t.relname !~ '^(schema_migrations|migration_(executions|history|journal|state))$'
      AND (c.tableoid, c.oid) NOT IN (SELECT classid, objid FROM made)
), line AS (
    SELECT format('schema %s %s %s', nspname, s.nspowner::regrole, s.nspacl) AS text
    FROM mine JOIN pg_namespace s USING (oid, nspname)
    UNION ALL
    SELECT format('relation %s %s %s %s %s %s %s %s %s %s', name, relkind, relpersistence, owner, relacl, reloptions,
                  relrowsecurity, relforcerowsecurity, relreplident, pg_get_expr(relpartbound, oid))
    FROM rel WHERE relkind <> 'i'
    UNION ALL
    SELECT format('partitioned %s %s', name, pg_get_partkeydef(oid)) FROM rel WHERE relkind = 'p'
    UNION ALL
    SELECT format('inherits %s %s', rel.name, h.inhparent::regclass) FROM rel JOIN pg_inherits h ON h.inhrelid = rel.oid
    UNION ALL
    SELECT format('column %s %s %s %s notnull %s default %s identity %s generated %s collation %s storage %s %s', rel.name,
                  row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum), a.attname,
                  format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity,
                  a.attgenerated, a.attcollation::regcollation, a.attstorage, a.attacl)
    FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE rel.relkind IN ('r', 'p', 'f', 'c', 'v', 'm')
    UNION ALL
    SELECT format('constraint %s %s %s %s', coalesce(rel.name, t.oid::regtype::text), k.conname, k.convalidated,
                  pg_get_constraintdef(k.oid))
    FROM pg_constraint k LEFT JOIN rel ON rel.oid = k.conrelid LEFT JOIN pg_type t ON t.oid = k.contypid
    WHERE rel.oid IS NOT NULL OR t.typnamespace IN (SELECT oid FROM mine)
    UNION ALL
    SELECT format('index %s valid %s cluster %s identity %s: %s', rel.name, i.indisvalid, i.indisclustered, i.indisreplident,
                  pg_get_indexdef(i.indexrelid))
    FROM rel JOIN pg_index i ON i.indexrelid = rel.oid
    UNION ALL
    SELECT format('sequence %s %s %s %s %s %s %s', rel.name, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax,
                  s.seqmin, s.seqcycle)
    FROM rel JOIN pg_sequence s ON s.seqrelid = rel.oid
    UNION ALL
    SELECT format('view %s %s', name, pg_get_viewdef(oid)) FROM rel WHERE relkind IN ('v', 'm')
    UNION ALL
    SELECT format('rule %s', pg_get_ruledef(r.oid)) FROM pg_rewrite r JOIN rel ON rel.oid = r.ev_class WHERE r.rulename <> '_RETURN'
    UNION ALL
    SELECT format('trigger %s %s', t.tgenabled, pg_get_triggerdef(t.oid))
    FROM pg_trigger t JOIN rel ON rel.oid = t.tgrelid WHERE NOT t.tgisinternal
    UNION ALL
    SELECT format('policy %s %s %s %s %s %s %s', rel.name, p.polname, p.polcmd, p.polpermissive, p.polroles::regrole[],
                  pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
    FROM pg_policy p JOIN rel ON rel.oid = p.polrelid
    UNION ALL
    SELECT format('statistics %s', pg_get_statisticsobjdef(s.oid)) FROM pg_statistic_ext s JOIN rel ON rel.oid = s.stxrelid
    UNION ALL
    SELECT format('function %s %s %s %s', p.oid::regprocedure, p.proowner::regrole, p.proacl,
                  CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE pg_get_functiondef(p.oid) END)
    FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM mine) AND (p.tableoid, p.oid) NOT IN (SELECT classid, objid FROM made)
    UNION ALL
    SELECT format('type %s %s %s %s %s %s', t.oid::regtype, t.typtype, t.typowner::regrole, t.typacl,
                  format_type(t.typbasetype, t.typtypmod) || ' ' || t.typnotnull || ' ' || coalesce(t.typdefault, ''),
                  (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                   FROM pg_enum e WHERE e.enumtypid = t.oid))
    FROM pg_type t
    WHERE t.typnamespace IN (SELECT oid FROM mine) AND t.typtype IN ('e', 'd', 'r') AND t.typelem = 0
      AND (t.tableoid, t.oid) NOT IN (SELECT classid, objid FROM made)
    UNION ALL
    SELECT format('operator %s %s', o.oid::regoperator, o.oprcode)
    FROM pg_operator o WHERE o.oprnamespace IN (SELECT oid FROM mine) AND (o.tableoid, o.oid) NOT IN (SELECT classid, objid FROM made)
    UNION ALL
    SELECT format('extension %s %s %s', extname, extversion, extnamespace::regnamespace) FROM pg_extension
    UNION ALL
    SELECT format('event trigger %s %s %s', evtname, evtevent, evtfoid::regprocedure) FROM pg_event_trigger
    UNION ALL
    SELECT format('comment %s %s %s: %s', o.type, o.identity, d.objsubid, d.description)
    FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) o
    WHERE d.objoid >= 16384 AND (d.classoid, d.objoid) NOT IN (SELECT classid, objid FROM made)
      AND o.identity !~ '(schema_migrations|migration_(executions|history|journal|state))'
    UNION ALL
    SELECT format('default privileges %s %s %s %s', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl)
    FROM pg_default_acl
    UNION ALL
    SELECT format('setting %s %s %s', d.datname = current_database(), s.setrole::regrole, s.setconfig)
    FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase
    WHERE d.datname = current_database()
)
SELECT text FROM line ORDER BY text COLLATE "C";
