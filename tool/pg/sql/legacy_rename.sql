-- An older table of the same name with other columns is kept under another name.
ALTER TABLE {executions} RENAME TO migration_executions_before_skein
