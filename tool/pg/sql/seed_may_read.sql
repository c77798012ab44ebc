-- The oid of the table $1, quoted, where it can be seen whether it holds rows: row security may hide them.
SELECT to_regclass::oid FROM pg_catalog.to_regclass($1)
WHERE pg_catalog.has_table_privilege(to_regclass, 'SELECT') AND NOT pg_catalog.row_security_active(to_regclass)
